"""The app of the sign-on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignOnConfig(AppConfig):
    """Keys, consents and connected apps of a region's OpenID Connect provider."""

    name = "balai.signon"
    label = "signon"
    verbose_name = _("Sign-on")

    def ready(self) -> None:
        """Import what registers itself; all manifests are loaded by now."""
        from balai.signon import receivers, tasks  # noqa: F401  # as said
