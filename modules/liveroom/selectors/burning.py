"""What burns now: late instructions and each module's own alarms, the alarming ones first."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from balai.modules import oversight, registry, widgets
from balai.modules.oversight import Signal
from balai.ui.formats import number
from modules.liveroom.selectors import instructions


def signals(now: datetime) -> Sequence[tuple[Signal, str]]:
    """Return (signal, slug of the module it is of), the alarming ones on top."""
    found = [(signal, one.slug) for one in oversight.active() for signal in one.signals(now)]
    open_now, late = instructions.waiting()
    words = _("of %(n)s open") % {"n": number(open_now)}
    found.append((Signal(_("Late instructions"), number(late), words, late > 0), "liveroom"))
    return sorted(found, key=lambda one: not one[0].alarm)


def topics() -> set[str]:
    """Return the topics of the wall's tiles of those modules that tell what burns."""
    known = {one.slug for one in oversight.active()}
    return {
        topic
        for widget in widgets.active("wall")
        if registry.owner_of(type(widget)) in known
        for topic in widget.topics
    }
