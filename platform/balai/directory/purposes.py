"""Why office-holders are listed (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="directory.offices",
        label=_("Offices and who holds them"),
        text=_("So that people know whom to turn to."),
        basis=Basis.PUBLIC,
        law="UU 14/2008",
        data=(_("Name and title of office-holders, the office's address and number"),),
        models=(
            "directory.Agency",
            "directory.OfficeHolder",
        ),
        retention=_("Until the office changes hands"),
    ),
)
