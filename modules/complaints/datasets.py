"""What of the reports is open to everybody."""

from django.utils.translation import gettext_lazy as _

from balai.opendata import Dataset, Distribution, publish
from modules.complaints import conf
from modules.complaints.selectors import public


def _open() -> bool:
    return conf.current().public_list


REPORTS = publish(
    Dataset(
        name="complaints.reports",
        title=_("Public reports of citizens"),
        description=_(
            "Every report that is shown to everybody: kind, place, state and dates, without names."
        ),
        theme="GOVE",
        frequency="CONT",
        keywords=(_("reports"), _("public services")),
        page="complaints:index",
        open=_open,
        modified=public.newest,
        distributions=(
            Distribution("GEOJSON", "application/geo+json", "complaints:geojson"),
            Distribution("ATOM", "application/atom+xml", "complaints:feed-atom"),
            Distribution("RSS", "application/rss+xml", "complaints:feed-rss"),
            Distribution("JSON", "application/json", "complaints_root:requests-json", "Open311"),
        ),
    )
)
STATISTICS = publish(
    Dataset(
        name="complaints.statistics",
        title=_("Figures of citizens' reports"),
        description=_(
            "Received and resolved reports by kind, kecamatan and agency, and how long they took."
            " Small numbers are kept back."
        ),
        theme="GOVE",
        frequency="CONT",
        keywords=(_("reports"), _("statistics")),
        page="complaints:statistics",
        open=_open,
        modified=public.newest,
        distributions=(Distribution("CSV", "text/csv", "complaints:statistics-csv"),),
    )
)
