"""``{% load complaints_news %}{% happened move agency %}``: a move in a notice's language."""

from django import template
from django.utils.translation import gettext as _

from modules.complaints import history

register = template.Library()


@register.simple_tag
def happened(move: str, agency: str = "") -> str:
    """Return what happened, such as "Dinas Perhubungan took the case on"."""
    words = str(history.WORDS.get(move, ""))
    return words % {"agency": agency or _("the agency")} if words else ""
