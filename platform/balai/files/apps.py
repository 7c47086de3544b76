"""The app of uploaded files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Photos and their access checks."""

    name = "balai.files"
    label = "files"
    verbose_name = _("Files")
