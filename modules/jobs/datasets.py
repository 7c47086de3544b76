"""What of the labour market is open to everybody."""

from django.utils.translation import gettext_lazy as _

from balai.opendata import Dataset, Distribution, publish
from modules.jobs.selectors import figures

VACANCIES = publish(
    Dataset(
        name="jobs.vacancies",
        title=_("Open vacancies"),
        description=_(
            "Every vacancy that is open, as the manpower office has checked it: position, employer,"
            " terms, wage, kecamatan, without contacts."
        ),
        theme="ECON",
        frequency="CONT",
        keywords=(_("vacancies"), _("work")),
        page="jobs:index",
        modified=figures.newest,
        distributions=(
            Distribution("JSON", "application/json", "jobs:vacancies-json"),
            Distribution("CSV", "text/csv", "jobs:vacancies-csv"),
        ),
    )
)
PLACEMENTS = publish(
    Dataset(
        name="jobs.placements",
        title=_("People who found work"),
        description=_(
            "Placements of the last twelve whole months by month, kecamatan and diploma."
            " Small numbers are kept back."
        ),
        theme="SOCI",
        frequency="MONTHLY",
        keywords=(_("placements"), _("work"), _("statistics")),
        page="jobs:figures",
        distributions=(Distribution("CSV", "text/csv", "jobs:placements-csv"),),
    )
)
