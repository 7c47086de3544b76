"""The audit app: one log per schema, the platform's and each region's."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Audit log."""

    name = "balai.audit"
    verbose_name = _("Audit log")
