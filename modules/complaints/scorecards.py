"""The figures of a period as tables with names: for the page, and row by row for the download."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from balai.ui.formats import number
from modules.complaints.models import Category
from modules.complaints.selectors.figures import FAIR_MINIMUM
from modules.complaints.selectors.in_time import Share
from modules.complaints.selectors.statistics import Statistics, Times
from modules.complaints.states import DONE, HANDLED, STATUSES, WAITING


@dataclass(frozen=True, slots=True)
class Score:
    """One line of a scorecard: an agency or a class of reports."""

    name: str
    times: Times
    kept: Share


@dataclass(frozen=True, slots=True)
class Scores:
    """Lines with enough cases, the quickest first, and those with too few, by name and unranked."""

    fair: list[Score]
    few: list[Score]


def agencies(figures: Statistics, names: Mapping[int, str]) -> Scores:
    """Return the agencies' scorecards. Never ranks one with fewer than 20 finished reports."""
    known = {*figures.agencies, *figures.kept.by_agency}
    lines = [
        Score(
            names.get(pk, "–"),
            figures.agencies.get(pk, Times()),
            figures.kept.by_agency.get(pk, Share()),
        )
        for pk in known
    ]
    fair = [line for line in lines if line.times.fair]
    few = [line for line in lines if not line.times.fair]
    return Scores(
        sorted(fair, key=lambda line: (line.times.median or 0, line.name)),
        sorted(few, key=lambda line: line.name),
    )


def classes(figures: Statistics) -> list[Score]:
    """Return the classes' figures in the order of their limits, the shortest first."""
    return [
        Score(str(klass.label), figures.classes.get(klass, Times()),
              figures.kept.by_class.get(klass, Share()))
        for klass in Category.Klass
        if klass in figures.classes or klass in figures.kept.by_class
    ]  # fmt: skip


def statuses(figures: Statistics) -> list[tuple[str, int]]:
    """Return how many reports wait, are handled, are done and ended elsewhere."""
    by = figures.by_state
    named = [
        (_("Waiting"), WAITING), (_("Being handled"), HANDLED), (_("Done"), DONE),
    ]  # fmt: skip
    known = {state for _label, states in named for state in states}
    others = [state for state in STATUSES if state not in known]
    return [
        (str(label), sum(by.get(state, 0) for state in states))
        for label, states in [*named, (_("Passed on or ended"), others)]
    ]


def named(
    counts: Mapping[int | None, int | None], names: Mapping[int, str]
) -> tuple[list[tuple[str, int]], list[str]]:
    """Return what may be told by name, the most first, and the names of what is kept back."""
    words = {pk: names.get(pk or 0, _("Unknown")) for pk in counts}
    told = [(words[pk], n) for pk, n in counts.items() if n is not None]
    return (
        sorted(told, key=lambda item: (-item[1], item[0])),
        sorted(words[pk] for pk, n in counts.items() if n is None),
    )


def lines(
    figures: Statistics,
    groups: Mapping[int, str],
    districts: Mapping[int, str],
    agency_names: Mapping[int, str],
) -> Iterator[Sequence[object]]:
    """Yield the page's tables as rows of (table, line, figure, value) under a heading."""
    yield [_("Table"), _("Line"), _("Figure"), _("Value")]
    for title, months in ((_("Received"), figures.received), (_("Resolved"), figures.resolved)):
        yield from ([title, f"{month:%Y-%m}", _("reports"), n] for month, n in months.items())
    yield from ([_("Status"), label, _("reports"), n] for label, n in statuses(figures))
    yield from _counts(_("Kind"), figures.crossed.columns, groups)
    yield from _counts(_("Kecamatan"), figures.crossed.rows, districts)
    yield from _score(_("All"), Score(_("All"), figures.overall, Share()))
    for score in classes(figures):
        yield from _score(_("Class"), score)
    scored = agencies(figures, agency_names)
    for score in [*scored.fair, *scored.few]:
        yield from _score(_("Agency"), score)


def _counts(
    title: str, counts: Mapping[int | None, int | None], names: Mapping[int, str]
) -> Iterator[Sequence[object]]:
    told, small = named(counts, names)
    yield from ((title, name, _("reports"), n) for name, n in told)
    yield from ((title, name, _("reports"), _("kept back")) for name in small)


def _score(title: str, score: Score) -> Iterator[Sequence[object]]:
    few = _("fewer than %(n)s") % {"n": number(FAIR_MINIMUM)}
    times = score.times
    values: list[tuple[str, object]] = [
        (_("resolved"), times.finished),
        (_("median, days"), times.median),
        (_("90 percent within, days"), times.p90),
        (_("opened again, share"), _rounded(times.reopened_share)),
        (_("in time, share"), _rounded(score.kept.share)),
    ]
    for label, value in values:
        yield [title, score.name, label, few if value is None else value]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
