"""The app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API's pages; it has no tables."""

    name = "balai.api"
    label = "api"
