"""The app of the outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Events, their deliveries, and the keys of requests already answered."""

    name = "balai.outbox"
    label = "outbox"
    verbose_name = _("Outbox")

    def ready(self) -> None:
        """Make every process, also a web server, send tasks through our Celery application."""
        import balai.celery  # noqa: F401  # it reads settings, which are there only now
