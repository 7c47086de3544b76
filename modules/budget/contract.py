"""The only thing other modules may import of this one."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from modules.budget.models import Total
from modules.budget.selectors.shown import choose
from modules.budget.states import Kind, Side


@dataclass(frozen=True, slots=True)
class AgencyMoney:
    """What an agency may spend in a year and has spent by a day; whole rupiah.

    ``agency`` is the directory's code, ``budget`` the one in force (after a revision). ``share``
    is realised of it (None without a budget), ``elapsed`` how much of the year was over.
    """

    agency: str
    name: str
    year: int
    as_of: date
    budget: int
    realised: int
    share: float | None
    elapsed: float
    url: str


def agencies_money() -> dict[str, AgencyMoney]:
    """Return the spending of every agency that is linked to the directory, by its code there.

    Two queries. Empty until a state of the budget is published.
    """
    shown = choose()
    if shown is None:
        return {}
    rows = Total.objects.filter(
        snapshot=shown.snapshot, kind=Kind.AGENCY, side=Side.SPENDING, agency__agency__isnull=False
    ).select_related("agency__agency")
    found: dict[str, AgencyMoney] = {}
    for row in rows.order_by("revised"):
        linked = row.agency.agency
        if linked is None:
            continue
        before = found.get(linked.code)
        budget = row.revised + (before.budget if before else 0)
        realised = row.realised + (before.realised if before else 0)
        found[linked.code] = AgencyMoney(
            agency=linked.code, name=linked.name, year=shown.snapshot.year,
            as_of=shown.snapshot.as_of, budget=budget, realised=realised,
            share=realised / budget if budget else None, elapsed=shown.snapshot.elapsed,
            url=reverse("budget:agency", args=[row.agency.key]),
        )  # fmt: skip
    return found


def agency_money(code: str) -> AgencyMoney | None:
    """Return one agency's spending by its code in the directory; None when it is not known."""
    return agencies_money().get(code)
