"""The app of imports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Import runs of a region."""

    name = "balai.importing"
    label = "importing"
    verbose_name = _("Imports")

    def ready(self) -> None:
        """Import what registers itself."""
        from balai.importing import policies, receivers  # noqa: F401  # as said
