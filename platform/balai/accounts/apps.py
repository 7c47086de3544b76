"""The accounts app: in the shared schema it holds operators, in a region everyone else."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users."""

    name = "balai.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Listen to allauth."""
        from balai.accounts import signals  # noqa: F401  # importing it registers the receivers
