"""The app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API's pages, its keys and its webhooks."""

    name = "balai.api"
    label = "api"
