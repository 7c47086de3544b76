"""The strip of a day: when an app answered."""

from itertools import groupby
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from modules.catalogue.models.day import SLOTS

register = template.Library()
CLASSES: Final = {"u": "up", "s": "slow", "d": "down"}


@register.simple_tag
def day_strip(track: str) -> SafeString:
    """Return a day's looks as one SVG bar: runs of equal answers, midnight to midnight."""
    place, shapes = 0, []
    for letter, run in groupby(track[:SLOTS]):
        length = len(list(run))
        if letter in CLASSES:
            shapes.append((CLASSES[letter], place, length))
        place += length
    drawn = format_html_join("", '<rect class="is-{}" x="{}" width="{}" height="10"/>', shapes)
    words = _("Today: %(down)s of %(all)s looks failed") % {
        "down": track.count("d"), "all": SLOTS - track.count("-"),
    }  # fmt: skip
    return format_html(
        '<svg class="strip24" viewBox="0 0 {} 10" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>',
        SLOTS, words, drawn,
    )  # fmt: skip
