"""What pages count with: sums of money and what follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Sum

from modules.budget.models import Heading, Snapshot, Total
from modules.budget.states import Kind, Side

SUMS: Final = ("budget", "revised", "realised", "lines", "over")


@dataclass(frozen=True, slots=True)
class Figures:
    """Whole rupiah; ``revised`` is the budget in force."""

    budget: int = 0
    revised: int = 0
    realised: int = 0
    lines: int = 0
    over: int = 0

    @property
    def share(self) -> float | None:
        """Realised of the budget in force; None without a budget."""
        return self.realised / self.revised if self.revised else None

    @property
    def left(self) -> int:
        """What may still be spent; below zero where more was."""
        return self.revised - self.realised

    @property
    def change(self) -> int:
        """What the revision added or took away."""
        return self.revised - self.budget

    @property
    def change_share(self) -> float | None:
        """The change as a share of the first budget; None where there was none."""
        return self.change / self.budget if self.budget else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in SUMS))


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its sums; ``agency`` where the sum is one agency's own.

    ``parent`` is an activity's programme or the account above.
    """

    kind: Kind
    side: Side
    heading: Heading
    figures: Figures
    agency: Heading | None = None
    parent: Heading | None = None


def parts(
    snapshot: Snapshot,
    kind: Kind,
    side: Side | None,
    *,
    by: Sequence[str] = ("heading",),
    **where: Any,
) -> list[Part]:
    """Return the parts of a state of the budget, the largest first (2 queries).

    Args:
        kind: of the totals that are added up.
        side: None for all sides.
        by: which of heading, agency and parent the parts are told apart by; the first one names
            the part.
        where: further conditions on :class:`Total`.
    """  # fmt: skip
    rows = Total.objects.filter(snapshot=snapshot, kind=kind, **where)
    if side is not None:
        rows = rows.filter(side=side)
    columns = [f"{name}_id" for name in by]
    found = list(
        rows.values("side", *columns).annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
    )  # fmt: skip
    headings = _headings(found, columns)
    made = [_part(row, kind, by, headings) for row in found]
    return sorted(made, key=lambda part: (-part.figures.revised, part.heading.key))


def whole(parts_: Iterable[Part]) -> Figures:
    """Return the sum of some parts."""
    return sum((part.figures for part in parts_), Figures())


def of_row(row: Total) -> Figures:
    """Return the sums of one stored row."""
    return Figures(*(getattr(row, name) for name in SUMS))


def _headings(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> dict[int, Heading]:
    wanted = {row[column] for row in rows for column in columns if row[column]}
    return {row.pk: row for row in Heading.objects.filter(pk__in=wanted)}


def _part(
    row: Mapping[str, Any], kind: Kind, by: Sequence[str], headings: Mapping[int, Heading]
) -> Part:
    told = {name: headings.get(row[f"{name}_id"]) for name in by}
    first = told[by[0]]
    if first is None:
        raise LookupError(f"a total of kind {kind} has no {by[0]}")
    return Part(
        kind=Kind.AGENCY if by[0] == "agency" else kind,
        side=Side(row["side"]),
        heading=first,
        figures=Figures(*(int(row[f"sum_{name}"]) for name in SUMS)),
        agency=told.get("agency"),
        parent=told.get("parent"),
    )
