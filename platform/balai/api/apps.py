"""The app of the API."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The API's pages, its keys and its webhooks."""

    name = "balai.api"
    label = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        """Import what registers itself; all manifests are loaded by now."""
        from balai.api import receivers, tasks  # noqa: F401  # as said
