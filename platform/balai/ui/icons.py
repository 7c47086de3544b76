"""Lucide icons as inline SVG (ISC licence), read once from the ``lucide`` package."""

import logging
from functools import lru_cache
from xml.etree import ElementTree

import lucide
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

log = logging.getLogger(__name__)
FALLBACK = "square"
# Names that Lucide gave up, as many still know them.
RENAMED = {"filter": "funnel", "fingerprint": "fingerprint-pattern", "home": "house"}


def icon(name: str, css_class: str = "", label: str = "") -> SafeString:
    """Return the icon ``name`` as ``<svg class="icon">``.

    Args:
        name: a Lucide name such as "phone"; an unknown one becomes a plain square and a warning,
            because icon names may come from a region's data.
        css_class: further classes, such as "icon--lg".
        label: words for screen readers; without them the icon is decoration and hidden.
    """
    classes = f"icon {css_class}".strip()
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            classes, label, shapes(name),
        )  # fmt: skip
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, shapes(name)
    )


@lru_cache(maxsize=512)
def shapes(name: str) -> SafeString:
    """Return what is inside the icon's ``<svg>``; stroke and fill come from the style sheet."""
    try:
        source = lucide._render_icon(RENAMED.get(name, name), size=None)
    except lucide.IconDoesNotExist:
        log.warning("unknown icon %r", name)
        return shapes(FALLBACK)
    root = ElementTree.fromstring(source)  # noqa: S314 - from the installed package
    inside = "".join(ElementTree.tostring(child, encoding="unicode").strip() for child in root)
    return mark_safe(inside.replace(" />", "/>"))  # noqa: S308 - the package's own files
