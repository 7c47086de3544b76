"""A region's face: colours, pattern, logo, photo, and what is made of them."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """Presets, contrast, style sheets, icons and the console's brand page."""

    name = "themes"
