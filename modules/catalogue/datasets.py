"""What of the catalogue is open to everybody: the citizens' apps, with their cost."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from balai.opendata import Dataset, Distribution, publish
from modules.catalogue.models import App


def _modified() -> datetime | None:
    return App.objects.order_by("-updated_at").values_list("updated_at", flat=True).first()


APPS = publish(
    Dataset(
        name="catalogue.apps",
        title=_("Apps of the city"),
        description=_(
            "Each app for citizens with its agency, address, state, health, and cost per year."
        ),
        theme="GOVE",
        frequency="DAILY",
        keywords=(_("apps"), _("services"), _("cost")),
        page="catalogue:index",
        modified=_modified,
        distributions=(
            Distribution("CSV", "text/csv", "catalogue:csv"),
            Distribution("JSON", "application/json", "catalogue:json"),
        ),
    )
)
