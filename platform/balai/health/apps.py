"""The app of health checks: no tables, no pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    """Registers the checks of settings, and those of a worker's start."""

    name = "balai.health"
    label = "health"
    verbose_name = _("Health")

    def ready(self) -> None:
        """Connect to Django's checks and Celery's signals."""
        from balai.health import checks, worker  # they read settings, which are there only now

        checks.register()
        worker.connect()
