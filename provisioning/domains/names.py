"""Which names may be a region's own domain, in one spelling."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tenants import hosts, retiring
from tenants.models import Domain

PREFIX: Final = "_balai"
TOP: Final = re.compile(r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})\Z")
SPECIAL: Final = frozenset(
    {"localhost", "local", "internal", "invalid", "test", "example", "onion"}
)


def check(typed: str) -> str:
    """Return the name normalised: lower case, punycode, no trailing dot. Runs on the platform.

    Raises:
        ValidationError: for what is no domain, the platform's, another region's, or held back.
    """
    try:
        name = hosts.normalise_name(typed.strip())
    except hosts.BadHostError as error:
        raise ValidationError(_("This is not a domain name."), code="invalid") from error
    *inner, top = name.split(".")
    if not inner or "_" in name or not TOP.match(top) or top in SPECIAL:
        raise ValidationError(_("Type a name such as layanan.kota.go.id."), code="invalid")
    apex = hosts.apex().name
    if name == apex or name.endswith(f".{apex}") or apex.endswith(f".{name}"):
        raise ValidationError(_("Addresses under this platform need no own domain."), code="apex")
    return retiring.check_domain(name)


def may_be_proved(name: str, region_id: int) -> bool:
    """Tell whether the name is free, or the region's already. Runs on the platform."""
    owner = Domain.objects.filter(domain=name).values_list("tenant_id", flat=True).first()
    if owner is not None:
        return bool(owner == region_id)
    try:
        retiring.check_domain(name)
    except ValidationError:
        return False
    return True


def spoken(name: str) -> str:
    """Return the name as people read it: punycode becomes the letters it stands for."""
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:
        return name


def record(name: str) -> str:
    """Return where the TXT proof stands: "_balai.layanan.kota.go.id"."""
    return f"{PREFIX}.{name}"
