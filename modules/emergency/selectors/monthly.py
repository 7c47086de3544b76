"""A month as the national monitoring centre asks for it: counts and times, nobody's data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from modules.emergency.selectors import names, periods
from modules.emergency.selectors.response import Times, outcomes, response
from modules.emergency.selectors.volume import Volume, volume
from modules.emergency.states import NOISE, CallType, State

Cell = str | int | float | None
Key = TypeVar("Key", int, int | None)
ENDS: Final = (State.CLOSED, State.TRANSFERRED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Table:
    """One part of a month's sheet: a title, column names, lines."""

    title: str
    heads: Sequence[str]
    lines: Sequence[Sequence[Cell]]


def tables(month: date) -> list[Table]:
    """Return a month's tables: calls, incidents by category, agency and hour, ends (6 queries)."""
    period = periods.around(periods.MONTH, month)
    found = response(period)
    hours = [(hour, f"{hour:02}.00–{hour:02}.59") for hour in range(24)]
    whole = _line(_("All"), found.overall)
    return [
        _calls(volume(period)),
        _incidents(
            _("Incidents by category"), _("Category"),
            [*_lines(found.categories, names.categories()), whole],
        ),
        _incidents(
            _("Incidents by agency in charge"), _("Agency"),
            _lines(found.agencies, names.agencies()),
        ),
        _incidents(_("Incidents by hour of the call"), _("Hour"), _lines(found.hours, hours)),
        _ends(outcomes(period)),
    ]  # fmt: skip


def flat(month: date) -> Iterator[list[Cell]]:
    """Yield a month as lines of (month, table, name, figure, value), for other programs."""
    for table in tables(month):
        for name, *values in table.lines:
            for head, value in zip(table.heads[1:], values, strict=True):
                yield [f"{month:%Y-%m}", table.title, name, head, value]


def flat_heads() -> list[str]:
    """Return the names of the columns of :func:`flat`."""
    return [_("Month"), _("Table"), _("Name"), _("Figure"), _("Value")]


def _calls(found: Volume) -> Table:
    lines: list[list[Cell]] = [
        [str(kind.label), found.kinds.get(kind, 0)] for kind in (CallType.NORMAL, *NOISE)
    ]
    return Table(
        _("Calls by type"), [_("Type"), _("Calls")], [*lines, [_("All calls"), found.total]]
    )


def _incidents(title: str, head: str, lines: Sequence[Sequence[Cell]]) -> Table:
    heads = [
        head, _("Incidents"), _("Reached"), _("Within the target"),
        _("Known after, median (s)"), _("Known after, p90 (s)"),
        _("Dispatch, median (s)"), _("Dispatch, p90 (s)"),
        _("On scene, median (s)"), _("On scene, p90 (s)"),
    ]  # fmt: skip
    return Table(title, heads, lines)


def _lines(groups: Mapping[Key, Times], labels: Iterable[tuple[Key, str]]) -> list[list[Cell]]:
    """Return a line for each group that has incidents, in the order of ``labels``."""
    return [_line(label, groups[key]) for key, label in labels if key in groups]


def _line(name: str, times: Times) -> list[Cell]:
    spans = (times.answer, times.dispatch, times.on_scene)
    seconds = [value for span in spans for value in (span.p50, span.p90)]
    whole = [None if value is None else round(value) for value in seconds]
    return [name, times.incidents, times.on_scene.n, times.met, *whole]


def _ends(found: dict[tuple[int | None, str], int]) -> Table:
    """Return how incidents ended: by outcome, then those without one by where they stand."""
    by_outcome: dict[int, int] = {}
    by_state: dict[str, int] = {}
    for (outcome, state), n in found.items():
        if outcome is None:
            where = state if state in ENDS else "open"
            by_state[where] = by_state.get(where, 0) + n
        else:
            by_outcome[outcome] = by_outcome.get(outcome, 0) + n
    lines: list[list[Cell]] = [
        [label, by_outcome[key]] for key, label in names.outcomes() if key in by_outcome
    ]
    labels = {**{state.value: str(state.label) for state in ENDS}, "open": _("Still open")}
    lines += [[labels[state], n] for state, n in by_state.items()]
    return Table(_("Outcomes"), [_("Outcome"), _("Incidents")], lines)
