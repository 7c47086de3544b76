"""What of the budget is open to everybody: every line of every published state."""

from django.utils.translation import gettext_lazy as _

from balai.opendata import Dataset, Distribution, publish
from modules.budget.selectors.shown import last_change

LINES = publish(
    Dataset(
        name="budget.lines",
        title=_("Budget and realisation (APBD)"),
        description=_(
            "A line for each account of an activity: budget, revised budget and what was realised."
            " The addresses take year and date, such as ?year=2026&date=2026-10-31."
        ),
        theme="GOVE",
        frequency="MONTHLY",
        keywords=(_("budget"), _("spending"), "APBD"),
        page="budget:index",
        modified=last_change,
        distributions=(
            Distribution("CSV", "text/csv", "budget:csv"),
            Distribution("JSON", "application/json", "budget:datapackage", "Fiscal Data Package"),
        ),
    )
)
