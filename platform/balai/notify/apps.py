"""The app of notifications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    """Messages to people, and the log of their delivery."""

    name = "balai.notify"
    label = "notify"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Import what registers itself."""
        from balai.notify import receivers  # noqa: F401  # registers the outbox's receiver
