"""The API of the budget: which states are published, their sums, one agency's money."""

from datetime import date
from typing import Annotated, Final, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from balai.api import KeyIfGiven
from balai.api.schemas import Problem
from modules.budget.selectors import drill, overview
from modules.budget.selectors.figures import Figures, Part
from modules.budget.selectors.shown import Shown, choose, published
from modules.budget.states import Kind, Side

router = Router(tags=["budget"])
Day = date
ANYBODY: Final = KeyIfGiven("budget:read")
ERRORS: Final = {code: Problem for code in (401, 403, 404, 422, 429)}
SIDES: Final = {side.slug: side for side in Side}


class StateOut(Schema):
    """A published state of a year's budget; ``elapsed`` is how much of the year was over."""

    year: int
    as_of: date
    elapsed: float
    revised: bool
    lines: int


class Money(Schema):
    """Whole rupiah; ``revised`` is the budget in force, ``share`` what is realised of it."""

    budget: int
    revised: int
    realised: int
    share: float | None


class PartOut(Money):
    """An agency, a programme or an account with its sums."""

    key: str
    code: str
    name: str


class TotalsOut(Schema):
    """One side of a state of the budget, in parts."""

    state: StateOut
    side: str
    currency: str = "IDR"
    total: Money
    parts: list[PartOut]


class Wanted(Schema):
    """Which state; the newest one without a year."""

    year: Annotated[int | None, Field(ge=2000, le=2100)] = None
    date: Annotated[Day | None, Field(description="As of this day of the year's.")] = None
    side: Literal["revenue", "spending", "financing"] = "spending"


class WantedParts(Wanted):
    """And in which parts."""

    by: Literal["agency", "programme", "account"] = "agency"


@router.get("/states", response={200: list[StateOut], **ERRORS}, auth=ANYBODY)
def list_states(request: HttpRequest) -> list[StateOut]:
    """List the published states, the newest first."""
    return [_state(row) for row in published()]


@router.get("/totals", response={200: TotalsOut, **ERRORS}, auth=ANYBODY)
def read_totals(request: HttpRequest, wanted: Query[WantedParts]) -> TotalsOut:
    """Read one side of the budget by agency, programme or kind of account (n.n.nn)."""
    shown = _shown(wanted)
    parts = overview.by(shown.snapshot, shown.side, Kind(wanted.by))
    return _totals(shown, parts)


@router.get("/agencies/{key}", response={200: TotalsOut, **ERRORS}, auth=ANYBODY)
def read_agency(
    request: HttpRequest, key: Annotated[str, Path(max_length=60)], wanted: Query[Wanted]
) -> TotalsOut:
    """Read an agency's money by programme."""
    shown = _shown(wanted)
    heading = drill.heading(Kind.AGENCY, key.replace("\0", ""))
    if heading is None:
        raise Http404
    branches = drill.branches(shown.snapshot, shown.side, heading)
    return _totals(shown, [branch.programme for branch in branches])


def _shown(wanted: Wanted) -> Shown:
    found = choose(wanted.year, wanted.date, SIDES[wanted.side])
    if found is None:
        raise Http404
    return found


def _totals(shown: Shown, parts: list[Part]) -> TotalsOut:
    total = sum((part.figures for part in parts), Figures())
    return TotalsOut(
        state=_state(shown.snapshot), side=shown.side.slug, total=_money(total),
        parts=[
            PartOut(key=part.heading.key, code=part.heading.code, name=part.heading.name,
                    **_money(part.figures).dict())
            for part in parts
        ],
    )  # fmt: skip


def _state(row: object) -> StateOut:
    return StateOut.from_orm(row)


def _money(figures: Figures) -> Money:
    return Money(
        budget=figures.budget, revised=figures.revised, realised=figures.realised,
        share=None if figures.share is None else round(figures.share, 4),
    )  # fmt: skip
