"""The app of imports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Import runs of a region."""

    name = "balai.importing"
    label = "importing"
    verbose_name = _("Imports")
