"""The app of live pages."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Server-sent events; it has no tables."""

    name = "balai.live"
    label = "live"
