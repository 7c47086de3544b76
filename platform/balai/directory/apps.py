"""The directory as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Agencies, areas and office-holders of a region."""

    name = "balai.directory"
    label = "directory"
    verbose_name = _("Directory")
