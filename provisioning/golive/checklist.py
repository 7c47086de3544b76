"""The go-live checklist, worked out from the region's own data each time it is shown."""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from balai import context
from balai.accounts.members.selectors import lasting_admins
from balai.accounts.models import Invitation, Membership
from balai.directory.models import Agency, Area, OfficeHolder
from balai.modules import registry
from balai.modules.golive import Check
from provisioning.models import Attestation, LegalBasis
from themes.brand import spec_of

EMERGENCY: Final = "emergency_number"


def checks() -> list[Check]:
    """Return every check of the active region: the platform's, then its modules'."""
    region = context.current_region()
    with context.platform():
        legal = LegalBasis.objects.filter(region_id=region.id).count()
        attested = set(
            Attestation.objects.filter(region_id=region.id).values_list("key", flat=True)
        )
    attest = reverse("provisioning_console:attest", args=[EMERGENCY])
    return [
        _brand(region),
        _boundaries(),
        _officers(),
        _named_officers(),
        _second_admin(),
        Check(
            "legal", _("Legal basis uploaded"), legal > 0,
            _("The agreement (PKS) or decree (SK) on which the region runs the site."),
            reverse("provisioning_console:legal"),
        ),
        Check(
            EMERGENCY, _("112 tried out"), EMERGENCY in attested,
            _("Call 112 from a mobile phone in the region. Somebody must answer: the number stands"
              " on every page."),
            "" if EMERGENCY in attested else attest,
        ),
        *_of_modules(),
    ]  # fmt: skip


def missing(found: list[Check]) -> list[str]:
    """Return the keys of what is not done yet."""
    return [check.key for check in found if not check.done]


def _brand(region: context.Region) -> Check:
    spec = spec_of(region)
    return Check(
        "brand", _("Emblem put up"), bool(spec.logo),
        _("Logo, colours and motto; the icons on citizens' phones are made from the logo."),
        reverse("themes_console:brand"),
    )  # fmt: skip


def _boundaries() -> Check:
    districts = Area.objects.filter(kind=Area.Kind.DISTRICT)
    total, drawn = districts.count(), districts.filter(boundary__isnull=False).count()
    return Check(
        "boundaries", _("Boundaries uploaded"), total > 0 and drawn == total,
        _("%(drawn)d of %(total)d kecamatan have one. Without, maps show tiles.")
        % {"drawn": drawn, "total": total},
        reverse("directory_console:areas"),
    )  # fmt: skip


def _officers() -> Check:
    invited = Invitation.objects.count()
    working = Membership.objects.exclude(role="admin").count()
    return Check(
        "officers", _("Officers invited"), bool(invited or working),
        ngettext("%(n)d officer or invitation", "%(n)d officers and invitations", invited + working)
        % {"n": invited + working},
        reverse("accounts_console:officers"),
    )  # fmt: skip


def _named_officers() -> Check:
    agencies = set(Agency.objects.filter(active=True, kind=Agency.Kind.OPD, parent=None)
                   .values_list("pk", flat=True))  # fmt: skip
    named = set(Membership.objects.exclude(agency=None).values_list("agency_id", flat=True))
    named |= set(OfficeHolder.objects.exclude(agency=None).values_list("agency_id", flat=True))
    have = len(agencies & named)
    return Check(
        "named", _("A named officer in every agency"), bool(agencies) and have == len(agencies),
        _("%(have)d of %(all)d agencies have one.") % {"have": have, "all": len(agencies)},
        reverse("accounts_console:officers"),
    )  # fmt: skip


def _second_admin() -> Check:
    admins = lasting_admins().values("user_id").distinct().count()
    return Check(
        "second_admin", _("A second admin"), admins >= 2,
        _("So that the site can be run when one person is away."),
        reverse("accounts_console:officers"),
    )  # fmt: skip


def _of_modules() -> Iterator[Check]:
    for module in registry.active():
        if module.provides("golive"):
            yield from import_module(f"{module.name}.golive").checks()
