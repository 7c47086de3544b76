"""Why partners see cases and who works for them (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="partners.sharing",
        label=_("Cases shared with partner institutions"),
        text=_("Police, PLN, PDAM and others see the fields of a case that an agreement names."),
        basis=Basis.PUBLIC,
        law="UU 25/2009; UU 23/2014",
        data=(_("The agreed fields of the case; every opening is recorded"),),
        models=(
            "partners.Share", "partners.Message", "partners.Link", "partners.Access",
            "partners.Seat", "partners.Cooperation", "partners.Delegate",
        ),
        recipients=(_("The partner institutions listed in the agreements"),),
        retention=_("As long as the case; access ends with the agreement"),
    ),
)  # fmt: skip
