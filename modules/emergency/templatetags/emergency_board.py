"""Words of the board's pages."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from balai.ui import formats
from modules.emergency.models import Incident, SealAccess
from modules.emergency.selectors.timeline import LOOKS

register = template.Library()


@register.filter
def moment_word(what: str) -> str | Promise:
    """Return a moment's word: "arrive" is "On scene"."""
    return LOOKS[what][0] if what in LOOKS else what


@register.simple_tag
def moment_tag(value: datetime) -> SafeString:
    """Return a moment to the second, as a record needs it; with its day where that is not today."""
    local = formats.local(value)
    today = local.date() == formats.local(timezone.now()).date()
    english = (get_language() or "id").startswith("en")
    words = local.strftime("%H:%M:%S" if english else "%H.%M.%S")
    shown = words if today else f"{formats.short_date(local)} {words}"
    return format_html('<time class="num" datetime="{}">{}</time>', local.isoformat(), shown)


@register.filter
def seconds_left(access: SealAccess, now: datetime) -> int:
    """Return the seconds until somebody may not read a sealed incident any more, 1 at least."""
    left = access.until - now if access.until else timedelta()
    return max(round(left.total_seconds()) + 1, 1)


@register.filter
def point(incident: Incident) -> str:
    """Return an incident's position as people read it out: "-6.178200, 106.630100"."""
    return f"{incident.latitude:.6f}, {incident.longitude:.6f}"
