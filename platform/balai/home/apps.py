"""A region's front door: home page, search, statements."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home, search, about, privacy and accessibility of a region."""

    name = "balai.home"
    label = "home"
