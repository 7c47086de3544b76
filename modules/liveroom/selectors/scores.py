"""Scorecards: every agency with its work beside it, by name, compared with itself alone.

Median, p90 and shares of fewer than 20 cases are not told; nothing is ranked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balai.directory.models import Agency
from balai.memo import memo
from balai.modules import oversight
from balai.modules.oversight import Figures, Oversight, Span, Spread
from balai.ui.formats import percent

PERIODS: Final[tuple[tuple[str, str | Promise, int], ...]] = (
    ("month", gettext_lazy("Last 30 days"), 30),
    ("quarter", gettext_lazy("Last 90 days"), 90),
    ("year", gettext_lazy("Last 365 days"), 365),
)
SECONDS: Final = 60
MANY: Final = 500
"""From so many cases on, figures may be a minute old."""
LEVEL: Final = 0.05
"""A change of less than this share is none."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How an agency compares with itself: ``better`` is None where nothing can be said."""

    words: str = ""
    better: bool | None = None

    @property
    def icon(self) -> str:
        """What stands before the words."""
        return {True: "trending-down", False: "trending-up", None: "minus"}[self.better]


@dataclass(frozen=True, slots=True)
class Time:
    """A median and a p90 in words; empty where there are too few cases to be fair."""

    n: int
    median: str = ""
    p90: str = ""
    trend: Trend = Trend()


@dataclass(frozen=True, slots=True)
class Score:
    """One agency's figures of one module."""

    agency: Agency
    now: Figures
    answer: Time
    done: Time
    breach_trend: Trend


@dataclass(frozen=True, slots=True)
class Part:
    """One module's scorecards, by the agencies' names."""

    source: Oversight
    scores: list[Score]


def span(name: str) -> tuple[str, Span]:
    """Return the period called ``name`` (the last 90 days for an unknown one), up to today."""
    days = {key: days for key, _label, days in PERIODS}
    name = name if name in days else "quarter"
    today = timezone.localdate()
    return name, Span(today - timedelta(days=days[name] - 1), today)


def parts(period: Span, *, agency: Agency | None = None, query: str = "") -> list[Part]:
    """Return each active module's scorecards.

    Args:
        agency: only this one.
        query: only agencies with these words in their name.
    """
    read = [
        (one, _figures(one, period), _figures(one, period.earlier())) for one in oversight.active()
    ]
    known = {pk for _one, now, _before in read for pk in now}
    agencies = Agency.objects.filter(pk__in=known if agency is None else {agency.pk})
    for word in query.split():
        agencies = agencies.filter(name__icontains=word) | agencies.filter(
            short_name__icontains=word
        )
    rows = list(agencies.order_by("name"))
    return [Part(one, _scores(one, rows, now, before)) for one, now, before in read]


def _figures(one: Oversight, period: Span) -> Mapping[int, Figures]:
    key = f"liveroom:scores:{one.slug}:{period.first:%Y%m%d}:{period.last:%Y%m%d}"
    return memo(
        key, SECONDS, lambda: dict(one.figures(period)),
        keep=lambda found: sum(row.received for row in found.values()) >= MANY,
    )  # fmt: skip


def _scores(
    one: Oversight,
    agencies: Iterable[Agency],
    now: Mapping[int, Figures],
    before: Mapping[int, Figures],
) -> list[Score]:
    found = []
    for agency in agencies:
        figures = now.get(agency.pk)
        if figures is None:
            continue
        earlier = before.get(agency.pk, Figures())
        found.append(
            Score(
                agency, figures,
                answer=_time(one, figures.answer, earlier.answer),
                done=_time(one, figures.done, earlier.done),
                breach_trend=_of_shares(figures.breached.value, earlier.breached.value),
            )
        )  # fmt: skip
    return found


def _time(one: Oversight, now: Spread, before: Spread) -> Time:
    if not now.fair or now.median is None:
        return Time(now.n)
    p90 = "–" if now.p90 is None else one.words(now.p90)
    return Time(now.n, one.words(now.median), p90, _of_times(now, before))


def _of_times(now: Spread, before: Spread) -> Trend:
    if not before.fair or not before.median or now.median is None:
        return Trend()
    change = now.median / before.median - 1
    if abs(change) < LEVEL:
        return Trend(_("as before"))
    words = _("%(share)s quicker than before") if change < 0 else _("%(share)s slower than before")
    return Trend(words % {"share": percent(abs(change))}, better=change < 0)


def _of_shares(now: float | None, before: float | None) -> Trend:
    if now is None or before is None:
        return Trend()
    change = now - before
    if abs(change) < LEVEL / 2:
        return Trend(_("as before"))
    return Trend(_("before: %(share)s") % {"share": percent(before)}, better=change < 0)
