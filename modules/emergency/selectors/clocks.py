"""The clocks that run for an incident: how long it may take to send, confirm and arrive.

Limits are the region's (``conf``) and the category's; a wrong time that was corrected does not
count. A clock is told by colour, icon and words, never by colour alone. Source of the defaults:
NTPD 112 call handling (Kominfo): classify 60 s, dispatch 60 s, acknowledge 2 min.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

from modules.emergency import conf
from modules.emergency.models import Incident, Leg, Stamp
from modules.emergency.states import Leg as LegState, State

TO_QUEUE: Final = ("recall", "reopen", "came_back")
"""Moments after which an incident waits for a unit anew."""
PRESSING: Final = ("taken", "dispatch", "arrive", *TO_QUEUE)
"""The moments that a board needs; see :func:`pressing`."""
SOON: Final = 0.25
"""The last share of a limit in which a clock warns."""

LABELS: dict[str, str | Promise] = {
    "classify": pgettext_lazy("clock", "Classify"),
    "dispatch": pgettext_lazy("clock", "Send a unit"),
    "acknowledge": pgettext_lazy("clock", "Unit confirms"),
    "on_scene": pgettext_lazy("clock", "On scene"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit: from when, until when, and when it was met, if it was."""

    name: str
    since: datetime
    due_at: datetime
    now: datetime
    done_at: datetime | None = None

    @property
    def label(self) -> str | Promise:
        """What must be done."""
        return LABELS[self.name]

    @property
    def level(self) -> str:
        """ "running", "soon" or "late" while it runs; "met" or "missed" once it is over."""
        if self.done_at is not None:
            return "met" if self.done_at <= self.due_at else "missed"
        if self.now > self.due_at:
            return "late"
        return "soon" if self.due_at - self.now <= (self.due_at - self.since) * SOON else "running"

    @property
    def seconds(self) -> int:
        """Seconds left, negative ones over; of a met clock how long it took."""
        if self.done_at is not None:
            return round((self.done_at - self.since).total_seconds())
        return round((self.due_at - self.now).total_seconds())

    @property
    def words(self) -> str:
        """The time as a shift says it: "0:43 left", "2:10 over", "in 1:05"."""
        shown = face(abs(self.seconds))
        if self.done_at is not None:
            return _("in %(time)s") % {"time": shown}
        if self.level == "late":
            return _("%(time)s over") % {"time": shown}
        return _("%(time)s left") % {"time": shown}

    @property
    def soon_at(self) -> datetime:
        """When it begins to warn."""
        return self.due_at - (self.due_at - self.since) * SOON


def face(seconds: int) -> str:
    """Return seconds as "1:05", or "2:03:00" from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def effective(stamps: Iterable[Stamp]) -> list[Stamp]:
    """Return the moments that hold, in their order: of a corrected one only the last word."""
    rows = list(stamps)
    wrong = {row.corrects_id for row in rows if row.corrects_id}
    return sorted((row for row in rows if row.pk not in wrong), key=lambda row: (row.at, row.pk))


def pressing(
    incident: Incident, legs: Sequence[Leg], stamps: Sequence[Stamp], now: datetime
) -> Clock | None:
    """Return the clock that runs out first, for a row of the board; None when none runs.

    Args:
        legs: the incident's, all of them.
        stamps: at least those of PRESSING.
    """
    moments = effective(stamps)
    running = [
        clock
        for clock in (
            _dispatch(incident, moments, now),
            _acknowledge(legs, moments, now),
            _on_scene(incident, moments, now),
        )
        if clock is not None and clock.done_at is None
    ]
    return min(running, key=lambda clock: clock.due_at, default=None)


def all_of(
    incident: Incident, legs: Sequence[Leg], stamps: Sequence[Stamp], now: datetime
) -> list[Clock]:
    """Return every clock of an incident, met, missed and running, for its page."""
    moments, limits = effective(stamps), conf.current()
    sent = _first(moments, "dispatch")
    queued = _first(moments, "queued") or incident.created_at
    found = [
        _clock("classify", _taken(incident, moments), limits.classify_seconds, now, queued),
        _dispatch(incident, moments, now)
        or (_clock("dispatch", queued, limits.dispatch_seconds, now, sent) if sent else None),
        _acknowledge(legs, moments, now) or _confirmed(moments, now),
        _on_scene(incident, moments, now),
    ]
    return [clock for clock in found if clock is not None]


def _dispatch(incident: Incident, moments: Sequence[Stamp], now: datetime) -> Clock | None:
    """The limit to send somebody; it begins anew when everybody was called back."""
    if incident.state != State.QUEUED:
        return None
    again = [row.at for row in moments if row.what in TO_QUEUE]
    since = max([incident.created_at, *again])
    return _clock("dispatch", since, conf.current().dispatch_seconds, now)


def _acknowledge(legs: Sequence[Leg], moments: Sequence[Stamp], now: datetime) -> Clock | None:
    """The limit of the unit that has been silent for the longest; a corrected time counts."""
    silent = {leg.unit_id: leg.sent_at for leg in legs if leg.state == LegState.DISPATCHED}
    if not silent:
        return None
    told = {row.unit_id: row.at for row in moments if row.what == "dispatch"}
    since = min(told.get(unit, sent) for unit, sent in silent.items())
    return _clock("acknowledge", since, conf.current().acknowledge_seconds, now)


def _confirmed(moments: Sequence[Stamp], now: datetime) -> Clock | None:
    """How long the first unit that answered took to confirm."""
    sent: dict[int | None, datetime] = {}
    for row in moments:
        if row.what == "dispatch":
            sent[row.unit_id] = row.at
        elif row.what in ("acknowledge", "depart", "arrive") and row.unit_id in sent:
            limit = conf.current().acknowledge_seconds
            return _clock("acknowledge", sent[row.unit_id], limit, now, row.at)
    return None


def _on_scene(incident: Incident, moments: Sequence[Stamp], now: datetime) -> Clock | None:
    """The category's limit, from picking up to the first unit there; ended unreached: none."""
    there = _first(moments, "arrive")
    reached = incident.state in (State.ON_SCENE, State.TRANSPORTING, State.CLEARED)
    if there is None and (reached or not incident.open):
        return None
    limit = incident.category.target_minutes * 60
    return _clock("on_scene", _taken(incident, moments), limit, now, there)


def _taken(incident: Incident, moments: Sequence[Stamp]) -> datetime:
    return _first(moments, "taken") or incident.created_at


def _first(moments: Sequence[Stamp], what: str) -> datetime | None:
    return next((row.at for row in moments if row.what == what), None)


def _clock(
    name: str, since: datetime, limit: int, now: datetime, done_at: datetime | None = None
) -> Clock:
    return Clock(name, since, since + timedelta(seconds=limit), now, done_at)
