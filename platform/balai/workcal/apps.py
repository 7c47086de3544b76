"""The working calendar as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkcalConfig(AppConfig):
    """Holidays and office hours of a region."""

    name = "balai.workcal"
    label = "workcal"
    verbose_name = _("Working calendar")

    def ready(self) -> None:
        """Forget the calendar of one request before the next begins."""
        from balai.workcal import loader

        loader.connect()
