"""Who may open what: one live region per code, and addresses that mislead nobody."""

import re
from collections import defaultdict
from functools import cache
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balai.directory import reference
from provisioning.models import Opening
from provisioning.models.opening import UNDER_WAY
from tenants import naming, retiring
from tenants.models import Region
from tenants.states import State

OFFICIAL: Final = re.compile(r"@(?:[a-z0-9-]+\.)+go\.id\Z", re.IGNORECASE)

# Signs that look alike in small type, each with the one it is read as.
ALIKE: Final = str.maketrans("01lj35286947", "oiiieszbggat", "-")
PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))


def is_official(email: str) -> bool:
    """Tell whether an address belongs to a government domain (``*.go.id``)."""
    return bool(OFFICIAL.search(email.strip()))


def skeleton(slug: str) -> str:
    """Return what an address looks like at a glance; equal for look-alikes ("tan9erang")."""
    seen = slug.lower()
    for pair, sign in PAIRS:
        seen = seen.replace(pair, sign)
    return seen.translate(ALIKE)


def suggest_slug(place: reference.Regency) -> str:
    """Return the first free address for a region, from its name."""
    plain = re.sub(r"[^a-z0-9]+", "-", place.name.lower()).strip("-")
    short = {"kota": "kota", "kabupaten": "kab"}[place.kind]
    for slug in (plain, f"{plain}-{short}", f"{short}-{plain}", f"{plain}-{place.letters.lower()}"):
        try:
            check_slug(slug, code=place.code)
        except ValidationError:
            continue
        return slug
    return ""


def check_code(code: str) -> reference.Regency:
    """Return the region with ``code`` if it may be opened.

    Raises:
        ValidationError: when there is no such region, or it is open already.
    """
    found = reference.find(code)
    if not isinstance(found, reference.Regency):
        raise ValidationError(_("Choose a region from the list."), code="unknown")
    if code in open_codes():
        raise ValidationError(
            _("%(name)s is open already.") % {"name": found.full_name}, code="open"
        )
    return found


def open_codes() -> frozenset[str]:
    """Return the codes of regions that are open or being built."""
    live = Region.objects.exclude(state=State.CLOSED).values_list("code", flat=True)
    return frozenset(live)


def check_slug(slug: str, *, code: str) -> None:
    """Refuse an address that is malformed, taken, kept back, or passes for another region's.

    Args:
        code: the region that wants it; its own name is allowed to it, another's is not.

    Raises:
        ValidationError: with a sentence for the person who typed it.
    """
    retiring.check_slug(slug)
    live = list(Region.objects.exclude(state=State.CLOSED).values_list("slug", flat=True))
    pending = Opening.objects.filter(state__in=UNDER_WAY).exclude(code=code)
    live += pending.values_list("slug", flat=True)
    if slug in live:
        raise ValidationError(_("This address is taken."), code="taken")
    look = skeleton(slug)
    if look in {skeleton(word) for word in naming.RESERVED}:
        raise ValidationError(_("This address is reserved."), code="reserved")
    for other in live:
        if skeleton(other) == look:
            raise ValidationError(
                _("This address looks like %(other)s, which is taken.") % {"other": other},
                code="alike",
            )
    owners = _names().get(look, frozenset())
    if owners and code not in owners:
        name = reference.regency(min(owners)).full_name
        raise ValidationError(_("This is the name of %(name)s.") % {"name": name}, code="foreign")


@cache
def _names() -> dict[str, frozenset[str]]:
    """Map each region's name, as it looks, to the codes of those who are called so."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in reference.regencies():
        plain = re.sub(r"[^a-z0-9]+", "", place.name.lower())
        for name in (
            plain,
            place.kind + plain,
            f"kab{plain}" if place.kind == "kabupaten" else plain,
        ):
            found[skeleton(name)].add(place.code)
    return {name: frozenset(codes) for name, codes in found.items()}
