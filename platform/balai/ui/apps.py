"""The front end: layouts, components, template tags, charts and maps."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Register templates, static files and the ``balai`` tag library."""

    name = "balai.ui"
    label = "ui"
