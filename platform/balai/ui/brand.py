"""What the pages know of a region's face; ``themes`` fills it in, found by a setting."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Brand:
    """Name, motto and addresses of everything that makes a page look like its region's.

    ``css_url`` is the theme's style sheet (immutable, its address carries a hash); ``colour``
    and ``colour_dark`` are for the browser's own bar; empty URLs mean there is no such file.
    """

    name: str
    short_name: str
    motto: str
    css_url: str
    colour: str = "#16244d"
    colour_dark: str = "#141311"
    logo_url: str = ""
    photo_url: str = ""
    photo_alt: str = ""
    manifest_url: str = ""
    icon_url: str = ""


def current_brand() -> Brand:
    """Return the brand of the region in context, or the platform's own. Makes no query."""
    provider: Callable[[], Brand] = import_string(settings.BRAND_PROVIDER)
    return provider()


def plain_brand() -> Brand:
    """Return a brand that needs no other part to work; for pages about a failure."""
    return Brand(name="Balai", short_name="Balai", motto="", css_url="")
