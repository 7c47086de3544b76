"""Words of the board's pages."""

from django import template
from django.utils.functional import Promise

from modules.emergency.models import Incident
from modules.emergency.selectors.timeline import LOOKS

register = template.Library()


@register.filter
def moment_word(what: str) -> str | Promise:
    """Return a moment's word: "arrive" is "On scene"."""
    return LOOKS[what][0] if what in LOOKS else what


@register.filter
def point(incident: Incident) -> str:
    """Return an incident's position as people read it out: "-6.178200, 106.630100"."""
    return f"{incident.latitude:.6f}, {incident.longitude:.6f}"
