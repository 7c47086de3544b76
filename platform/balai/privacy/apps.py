"""Personal data rights as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Consents, requests, breaches and legal holds of a region."""

    name = "balai.privacy"
    label = "privacy"
    verbose_name = _("Personal data rights")

    def ready(self) -> None:
        """Read what every part declares, so that a wrong declaration stops the start."""
        from balai.privacy import receivers, registry, tasks  # noqa: F401  # they register themselves

        registry.load()
