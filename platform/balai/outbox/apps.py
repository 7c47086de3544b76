"""The app of the outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Events, their deliveries, and the keys of requests already answered."""

    name = "balai.outbox"
    label = "outbox"
    verbose_name = _("Outbox")
