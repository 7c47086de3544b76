"""Why rows of imports are kept for a while (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="importing.runs",
        label=_("Imported files"),
        text=_("Rows that could not be read, so that somebody can mend them."),
        basis=Basis.PUBLIC,
        data=(_("The officer who imported, the cell that was wrong"),),
        models=(
            "importing.ImportRun",
            "importing.RowError",
        ),
        retention=_("As long as the run is listed; files are removed after it"),
    ),
)
