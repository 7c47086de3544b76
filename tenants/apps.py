"""The app of the regions' directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenantsConfig(AppConfig):
    """Regions, their domains and their module switches (shared schema)."""

    name = "tenants"
    verbose_name = _("Regions")

    def ready(self) -> None:
        """Watch the directory's rows."""
        from tenants import signals  # models are ready only now

        signals.connect()
