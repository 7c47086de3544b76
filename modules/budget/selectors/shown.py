"""Which state of the budget a page shows, and which others there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from modules.budget.models import Snapshot
from modules.budget.states import Side, State


@dataclass(frozen=True, slots=True)
class Shown:
    """A published state of the budget and one side of it. ``dates`` are its year's, newest first.

    ``newest`` tells whether it is what one sees without choosing.
    """

    snapshot: Snapshot
    years: Sequence[int]
    dates: Sequence[date]
    side: Side = Side.SPENDING
    newest: bool = True

    @property
    def more(self) -> str:
        """What further links carry along, behind a question that is there: "&year=2025"."""
        told = []
        if not self.newest:
            told += [f"year={self.snapshot.year}", f"date={self.snapshot.as_of.isoformat()}"]
        if self.side != Side.SPENDING:
            told.append(f"side={self.side.slug}")
        return "".join(f"&{one}" for one in told)

    @property
    def query(self) -> str:
        """The same as a question of its own, or ""."""
        return f"?{self.more[1:]}" if self.more else ""


def published() -> list[Snapshot]:
    """Return every published state, the newest first (1 query)."""
    return list(Snapshot.objects.filter(state=State.PUBLISHED).order_by("-year", "-as_of"))


def choose(
    year: int | None = None, as_of: date | None = None, side: Side = Side.SPENDING
) -> Shown | None:
    """Return the state of a year on a day (1 query).

    Without a year it is the newest one, without a day, or with one of another year, the newest
    of the year.

    Returns:
        None when nothing is published of that year, or at all.
    """
    found = published()
    if not found:
        return None
    years = sorted({row.year for row in found}, reverse=True)
    own = [row for row in found if row.year == (year or years[0])]
    if not own:
        return None
    chosen = next((row for row in own if row.as_of == as_of), own[0])
    return Shown(chosen, years, [row.as_of for row in own], side, chosen == found[0])


def last_change() -> datetime | None:
    """Return when a state was published or counted last."""
    newest = Snapshot.objects.filter(state=State.PUBLISHED).order_by("-counted_at")
    return newest.values_list("counted_at", flat=True).first()
