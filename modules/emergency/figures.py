"""The page of figures in parts: numbers with what they were before, tables, charts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils import dateformat
from django.utils.translation import gettext as _

from balai.modules.manifest import type_str
from balai.ui import charts, formats
from modules.emergency import durations
from modules.emergency.selectors.periods import Period
from modules.emergency.selectors.public_figures import Month
from modules.emergency.selectors.response import Spread, Times
from modules.emergency.selectors.volume import Cells, Volume
from modules.emergency.states import NOISE, CallType

Key = TypeVar("Key", int, int | None)
WEEKDAYS = range(1, 8)
HOURS = range(24)


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what stands beside it, and how it was in the period before."""

    title: type_str
    value: str
    note: str = ""
    before: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of times, ready to be written."""

    name: str
    incidents: int
    answer: tuple[str, str]
    dispatch: tuple[str, str]
    on_scene: tuple[str, str]
    met: str
    unreached: int


def tiles(now: Volume, before: Volume, times: Times, earlier: Times) -> list[Tile]:
    """Return the numbers at the top of the page."""
    share = "" if now.real_share is None else _("%(share)s of all calls") % {
        "share": formats.percent(now.real_share, 1)}  # fmt: skip
    answer, old = (kinds.answer.get(CallType.NORMAL, Spread()) for kinds in (now, before))
    return [
        _count(_("Emergencies"), now.real, before.real, share),
        _count(_("Noise"), now.noise, before.noise, _("one line each, no unit sent")),
        _count(_("All calls"), now.total, before.total, ""),
        _time(_("From answering to knowing what it is"), answer, old),
        _time(_("From queued to a unit sent"), times.dispatch, earlier.dispatch),
        _time(_("From answering to somebody on scene"), times.on_scene, earlier.on_scene),
        Tile(
            _("On scene within the target"), _share(times),
            _("%(met)s of %(n)s reached") % {"met": times.met, "n": times.on_scene.n},
            _share(earlier),
        ),
    ]  # fmt: skip


def kinds(now: Volume, before: Volume) -> list[tuple[type_str, int, str, int, Spread]]:
    """Return (type, calls, share, calls before, answer) for each type of call."""
    return [
        (kind.label, now.kinds.get(kind, 0), _part(now.kinds.get(kind, 0), now.total),
         before.kinds.get(kind, 0), now.answer.get(kind, Spread()))
        for kind in (CallType.NORMAL, *NOISE)
    ]  # fmt: skip


def rows(times: Mapping[Key, Times], names: Iterable[tuple[Key, str]]) -> list[Row]:
    """Return a line for each group that has incidents, in the order of ``names``."""
    return [row(name, times[key]) for key, name in names if key in times]


def row(name: str, times: Times) -> Row:
    """Return one line of a table of times."""
    return Row(
        name, times.incidents, _spread(times.answer), _spread(times.dispatch),
        _spread(times.on_scene), _share(times), times.unreached,
    )  # fmt: skip


def course(counts: Mapping[date, tuple[int, int]], *, noise: bool) -> str:
    """Return the chart of emergencies, or of noise, over the days or months of a period."""
    form = "j M" if len(counts) > 24 or _daily(counts) else "M Y"
    points = [
        charts.Point(dateformat.format(day, form), pair[1] if noise else pair[0])
        for day, pair in counts.items()
    ]
    title = _("Noise over time") if noise else _("Emergencies over time")
    return charts.columns(points, title=title, unit=_("calls"))


def heat(cells: Cells, title: str) -> str:
    """Return calls by weekday and hour as a tinted table."""
    values = [[cells.get((day, hour), 0) for hour in HOURS] for day in WEEKDAYS]
    # 5 January 2026 is a Monday.
    names = [dateformat.format(date(2026, 1, 4 + day), "l") for day in WEEKDAYS]
    return charts.heat(names, [f"{hour:02}" for hour in HOURS], values, title=title)


def public_chart(months: Sequence[Month]) -> str:
    """Return everybody's chart of emergencies by month, oldest first; kept back is not 0."""
    points = [
        charts.Point(dateformat.format(month.first, "M Y"), month.real)
        for month in reversed(months)
    ]
    return charts.columns(points, title=_("Emergencies by month"), unit=_("calls"))


def by_hour(hours: Mapping[int, Times]) -> list[Row]:
    """Return the times of each hour of the day that has an incident."""
    return [row(f"{hour:02}.00–{hour:02}.59", hours[hour]) for hour in HOURS if hour in hours]


def title(period: Period) -> str:
    """Return "1 Januari 2026" or "1 Januari 2026 – 31 Januari 2026" in the page's language."""
    first, last = (dateformat.format(day, "j F Y") for day in (period.first, period.last))
    return first if first == last else f"{first} – {last}"


def _count(title: str, value: int, before: int, note: str) -> Tile:
    icon = "" if value == before else "trending-up" if value > before else "trending-down"
    return Tile(title, formats.number(value), note, formats.number(before), icon)


def _time(title: str, now: Spread, before: Spread) -> Tile:
    slow = _("nine of ten within %(time)s") % {"time": durations.words(now.p90)}
    few = _("too few to say: %(n)s") % {"n": now.n}
    known = now.p50 is not None and before.p50 is not None and now.p50 != before.p50
    icon = ("trending-up" if now.p50 > before.p50 else "trending-down") if known else ""  # type: ignore[operator]  # known
    return Tile(
        title, durations.words(now.p50), few if now.p50 is None else slow,
        durations.words(before.p50), icon,
    )  # fmt: skip


def _spread(spread: Spread) -> tuple[str, str]:
    return durations.words(spread.p50), durations.words(spread.p90)


def _share(times: Times) -> str:
    return "–" if times.met_share is None else formats.percent(times.met_share)


def _part(value: int, whole: int) -> str:
    return formats.percent(value / whole, 1) if whole else "–"


def _daily(counts: Mapping[date, tuple[int, int]]) -> bool:
    return any(day.day != 1 for day in counts)
