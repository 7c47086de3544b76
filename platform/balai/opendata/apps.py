"""The app of open data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    """The catalogue of a region's open data."""

    name = "balai.opendata"
    label = "opendata"
    verbose_name = _("Open data")
