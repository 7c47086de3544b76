"""The app that keeps a region's figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AggregatesConfig(AppConfig):
    """Figures of the days (in each region's schema)."""

    name = "balai.aggregates"
    verbose_name = _("Figures")
