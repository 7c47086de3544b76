"""The front end: layouts, components, template tags, charts and maps."""

from typing import Any

from django.apps import AppConfig

from balai import live
from balai.modules.banners import TOPIC


class UiConfig(AppConfig):
    """Register templates, static files and the ``balai`` tag library."""

    name = "balai.ui"
    label = "ui"

    def ready(self) -> None:
        """Let every page hear that its banners changed: the notice says no more than the page."""
        live.topic_policy(TOPIC, _anybody)


def _anybody(user: Any, topic: str) -> bool:
    return True
