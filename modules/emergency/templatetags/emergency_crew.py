"""Links for a crew's phone."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def crew_map_link(latitude: float, longitude: float) -> SafeString:
    """``href="{% crew_map_link lat lng %}"``: a geo URI (RFC 5870) that map apps answer to.

    The query names the point as well: some apps only mark what was searched for.
    """
    point = f"{float(latitude):.6f},{float(longitude):.6f}"
    return mark_safe(escape(f"geo:{point}?q={point}"))  # noqa: S308  # digits, escaped
