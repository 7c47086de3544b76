"""Small things the reports' templates need."""

from collections.abc import Mapping

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, pgettext

from modules.complaints.models import Complaint, Photo
from modules.complaints.selectors.public import Filters

register = template.Library()


@register.simple_tag
def cover_of(covers: Mapping[int, Photo], report: Complaint) -> Photo | None:
    """``{% cover_of covers report as cover %}``: the photo of a row, or None."""
    return covers.get(report.pk)


@register.simple_tag(takes_context=True)
def status_tabs(context: Context, filters: Filters, totals: Mapping[str, int]) -> SafeString:
    """``{% status_tabs filters totals %}``: links that filter the list by status."""
    words = (
        ("", _("All"), sum(totals.values())),
        ("waiting", pgettext("tab", "Waiting"), totals["waiting"]),
        ("handled", pgettext("tab", "Being handled"), totals["handled"]),
        ("done", pgettext("tab", "Done"), totals["done"]),
    )
    query = context["request"].GET.copy()
    query.pop("page", None)
    return format_html_join("", "{}", ((_tab(query, filters, *word),) for word in words))


def _tab(query, filters: Filters, status: str, label: str, count: int) -> SafeString:  # type: ignore[no-untyped-def]  # a QueryDict copy
    query["status"] = status
    here = SafeString(' aria-current="true"') if filters.status == status else ""
    return format_html(
        '<a href="?{}"{}>{}<span class="tag">{}</span></a>', query.urlencode(), here, label, count
    )
