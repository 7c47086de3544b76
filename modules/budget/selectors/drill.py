"""One heading closer: an agency, a programme, an account, an activity with its lines."""

from dataclasses import dataclass

from modules.budget.models import Heading, Line, Snapshot, Total
from modules.budget.selectors.figures import Figures, Part, parts
from modules.budget.states import Kind, Side


@dataclass(frozen=True, slots=True)
class Branch:
    """A programme of an agency with its activities."""

    programme: Part
    activities: list[Part]


def heading(kind: Kind, key: str) -> Heading | None:
    """Return a heading by its key, or None."""
    return Heading.objects.select_related("agency").filter(kind=kind, key=key).first()


def branches(snapshot: Snapshot, side: Side, agency: Heading) -> list[Branch]:
    """Return an agency's programmes, the largest first, with their activities (4 queries)."""
    programmes = parts(snapshot, Kind.PROGRAMME, side, agency=agency)
    below: dict[int, list[Part]] = {}
    own = parts(
        snapshot, Kind.ACTIVITY, side, by=("heading", "parent", "agency"), agency=agency
    )  # fmt: skip
    for part in own:
        if part.parent is not None:
            below.setdefault(part.parent.pk, []).append(part)
    return [Branch(part, below.get(part.heading.pk, [])) for part in programmes]


def lines(snapshot: Snapshot, agency: Heading, activity: Heading) -> list[Line]:
    """Return an activity's lines with accounts and programmes, by account (1 query)."""
    found = Line.objects.filter(snapshot=snapshot, agency=agency, activity=activity)
    return list(found.select_related("account", "programme").order_by("account__key", "id"))


def path(code: str) -> list[Heading]:
    """Return the accounts above one, the widest first (1 query)."""
    pieces = code.split(".")
    keys = [".".join(pieces[:at]) for at in range(1, len(pieces))]
    return list(Heading.objects.filter(kind=Kind.ACCOUNT, key__in=keys).order_by("key"))


def has(snapshot: Snapshot, agency: Heading) -> dict[Side, Figures]:
    """Return an agency's sums on each side of the budget it takes part in (1 query)."""
    rows = Total.objects.filter(snapshot=snapshot, kind=Kind.AGENCY, agency=agency)
    return {
        Side(row.side): Figures(row.budget, row.revised, row.realised, row.lines, row.over)
        for row in rows.order_by("side")
    }
