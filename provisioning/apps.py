"""The app that opens regions and keeps the fleet on one release."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvisioningConfig(AppConfig):
    """Sign-up, openings, releases and plans (shared schema)."""

    name = "provisioning"
    verbose_name = _("Opening regions")
