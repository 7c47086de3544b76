"""Why requests, consents and breaches are themselves kept."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from balai.privacy.keeping import forget_requests
from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

LAW: Final = "UU 27/2022"

PURPOSES = (
    Purpose(
        slug="privacy.requests",
        label=_("Your requests about your data"),
        text=_("To answer them in time, and to prove that it was done."),
        basis=Basis.DUTY,
        law=f"{LAW} (14, 30-45)",
        data=(_("What you asked, encrypted"), _("What was answered, when")),
        models=("privacy.DataRequest",),
        retention=_("Words: 5 years after the answer; the receipt without words stays"),
        retain=forget_requests,
    ),
    Purpose(
        slug="privacy.consents",
        label=_("Your consents"),
        text=_("Which consent was given to which words, and when it was withdrawn."),
        basis=Basis.DUTY,
        law=f"{LAW} (24)",
        data=(_("A code in place of your name"), _("Purpose, version, time")),
        models=("privacy.Consent",),
        retention=_("As long as the region uses this site"),
    ),
    Purpose(
        slug="privacy.breaches",
        label=_("Breaches and legal holds"),
        text=_("To tell people and the authority in time, and to keep evidence."),
        basis=Basis.DUTY,
        law=f"{LAW} (46)",
        data=(_("Which officers decided"),),
        models=("privacy.Breach", "privacy.LegalHold"),
        retention=_("As long as the region uses this site"),
    ),
)  # fmt: skip
