"""Words of the figures and of the log."""

from django import template
from django.utils.functional import Promise

from modules.emergency import durations
from modules.emergency.log_words import ACTIONS

register = template.Library()


@register.filter
def em_duration(seconds: float | None) -> str:
    """``{{ spread.p50|em_duration }}``: "4 min 12 s", "–" for None."""
    return durations.words(seconds)


@register.filter
def em_action(action: str) -> str | Promise:
    """``{{ entry.action|em_action }}``: what was done, in words; the bare name for a new one."""
    return ACTIONS.get(action, action)
