"""Small things the reports' templates need."""

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, pgettext

from balai.ui import formats
from modules.complaints.models import Complaint, Photo
from modules.complaints.selectors import desk_counts
from modules.complaints.selectors.public_filters import Filters, to_query

register = template.Library()


@register.simple_tag
def cover_of(covers: Mapping[int, Photo], report: Complaint) -> Photo | None:
    """``{% cover_of covers report as cover %}``: the photo of a row, or None."""
    return covers.get(report.pk)


@register.simple_tag
def status_tabs(filters: Filters, totals: Mapping[str, int]) -> SafeString:
    """``{% status_tabs filters totals %}``: links that filter the list by status."""
    words = (
        ("", _("All")),
        ("waiting", pgettext("tab", "Waiting")),
        ("handled", pgettext("tab", "Being handled")),
        ("done", pgettext("tab", "Done")),
    )
    tabs = (
        _tab(to_query(filters, status=status), label, filters.status == status, totals[status])
        for status, label in words
    )
    return format_html_join("", "{}", ((tab,) for tab in tabs))


@register.simple_tag
def sort_tabs(filters: Filters) -> SafeString:
    """``{% sort_tabs filters %}``: links that put the list in another order."""
    words = [("newest", _("Newest")), ("followed", _("Most followed"))]
    if filters.status != "done":
        words.append(("waiting", _("Longest waiting")))
    tabs = (
        _tab(to_query(filters, sort="" if sort == "newest" else sort), label, filters.sort == sort)
        for sort, label in words
    )
    return format_html_join("", "{}", ((tab,) for tab in tabs))


@register.filter
def counted(count: int) -> str:
    """``{{ counts.open|counted }}``: "412", and "1.000+" where nobody counted further."""
    most = desk_counts.MOST
    return formats.number(count) if count <= most else f"{formats.number(most)}+"


@register.simple_tag
def map_tiles() -> dict[str, str]:
    """``{% map_tiles as tiles %}``: the tile server's address and whom to name; "" for none."""
    return {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION}


def _tab(query: str, label: str, here: bool, count: int | None = None) -> SafeString:
    mark = SafeString(' aria-current="true"') if here else ""
    number = (
        "" if count is None else format_html('<span class="tag">{}</span>', formats.number(count))
    )
    return format_html('<a href="?{}"{}>{}{}</a>', query, mark, label, number)
