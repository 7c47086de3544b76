"""Hands the pages their brand (the setting ``BRAND_PROVIDER``). Works from memory, never asks."""

from django.urls import reverse

from balai import context
from balai.ui.brand import Brand
from themes import css
from themes.brand import spec_of
from themes.surfaces import DARK


def current_brand() -> Brand:
    """Return the brand of the region in context, or Balai's own."""
    spec = spec_of(context.region_or_none())
    digest = spec.digest()
    return Brand(
        name=spec.name,
        short_name=spec.short_name,
        motto=spec.motto,
        css_url=f"{reverse('themes:css')}?v={css.version(css.theme(spec))}",
        colour=spec.deep,
        colour_dark=DARK["color-paper"],
        logo_url=reverse("themes:file", args=[spec.logo]) if spec.logo else "",
        photo_url=reverse("themes:file", args=[spec.photo]) if spec.photo else "",
        photo_alt=spec.photo_alt,
        manifest_url=reverse("themes:manifest"),
        icon_url=f"{reverse('themes:icon', args=['any', '192'])}?v={digest}",
    )
