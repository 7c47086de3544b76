"""The first page: the whole of one side, its parts, its course over the year, its changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, F, Sum, When
from django.db.models.functions import Abs

from balai.memo import memo
from modules.budget.models import Heading, Snapshot, Total
from modules.budget.selectors.figures import SUMS, Figures, Part, of_row, parts
from modules.budget.states import Kind, Side, State

KEPT_SECONDS: Final = 300
TYPE_LEVEL: Final = 3
"""Accounts are first shown as n.n.nn (jenis): 15 kinds of spending that people know."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was realised up to one day of the year."""

    as_of: date
    figures: Figures


def sides(snapshot: Snapshot) -> dict[Side, Figures]:
    """Return the sums of each side of the budget that there is (1 query)."""
    rows: Iterable[Mapping[str, Any]] = (
        Total.objects.filter(snapshot=snapshot, kind=Kind.AGENCY)
        .values("side")
        .annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
        .order_by("side")
    )
    return {Side(row["side"]): Figures(*(int(row[f"sum_{name}"]) for name in SUMS)) for row in rows}


def by(snapshot: Snapshot, side: Side, kind: Kind) -> list[Part]:
    """Return the parts of a side by agency, programme or account, the largest first.

    Kept for some minutes: a state's totals change when it is counted anew, and then by name.
    """

    def make() -> list[Part]:
        if kind == Kind.AGENCY:
            return parts(snapshot, kind, side, by=("agency",))
        if kind == Kind.ACCOUNT:
            return parts(snapshot, kind, side, level=TYPE_LEVEL)
        return parts(snapshot, kind, side)

    return memo(_key("by", snapshot, side, kind), KEPT_SECONDS, make)


def course(snapshot: Snapshot, side: Side, agency: Heading | None = None) -> list[Step]:
    """Return every published state of the year up to this one, the oldest first (1 query)."""
    rows = Total.objects.filter(
        snapshot__year=snapshot.year, snapshot__as_of__lte=snapshot.as_of,
        snapshot__state=State.PUBLISHED, kind=Kind.AGENCY, side=side,
    )  # fmt: skip
    if agency is not None:
        rows = rows.filter(agency=agency)
    sums = rows.values("snapshot__as_of").annotate(
        b=Sum("budget"), r=Sum("revised"), done=Sum("realised")
    )
    return [
        Step(row["snapshot__as_of"], Figures(row["b"], row["r"], row["done"]))
        for row in sums.order_by("snapshot__as_of")
    ]


def changes(snapshot: Snapshot, side: Side, kind: Kind, limit: int) -> list[Part]:
    """Return what the revision changed most, whichever way, by agency or activity.

    Kept as :func:`by` is: all activities of the region are looked at for it.
    """

    def make() -> list[Part]:
        rows = (
            Total.objects.filter(snapshot=snapshot, kind=kind, side=side)
            .exclude(revised=F("budget"))
            .annotate(moved=Abs(F("revised") - F("budget")))
            .select_related("agency", "heading", "parent")
            .order_by("-moved", "id")[:limit]
        )
        return [part_of(row) for row in rows]

    return memo(_key(f"changes{limit}", snapshot, side, kind), KEPT_SECONDS, make)


def part_of(row: Total) -> Part:
    """Return a stored row, joined with its headings, as a part."""
    heading = row.heading or row.agency
    return Part(Kind(row.kind), Side(row.side), heading, of_row(row), row.agency, row.parent)


def movers(snapshot: Snapshot, side: Side) -> dict[str, int]:
    """Return how much the revision added and took away in all activities (1 query)."""
    moved: Any = F("revised") - F("budget")
    rows = Total.objects.filter(snapshot=snapshot, kind=Kind.ACTIVITY, side=side)
    found: dict[str, int | None] = rows.aggregate(
        more=Sum(Case(When(revised__gt=F("budget"), then=moved))),
        less=Sum(Case(When(revised__lt=F("budget"), then=moved))),
    )
    return {name: value or 0 for name, value in found.items()}


def tops(found: Sequence[Part], most: int) -> tuple[Sequence[Part], int, int]:
    """Return the first parts, how many others there are, and the sum of their budgets."""
    rest = found[most:]
    return found[:most], len(rest), sum(part.figures.revised for part in rest)


def _key(what: str, snapshot: Snapshot, side: Side, kind: Kind) -> str:
    counted = f"{snapshot.counted_at:%Y%m%d%H%M%S%f}"
    return f"budget:{what}:{snapshot.pk}:{counted}:{side.value}:{kind.value}"
