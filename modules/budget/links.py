"""Where a part of the budget has its own page."""

from dataclasses import replace
from typing import Final

from django.urls import reverse

from modules.budget.models import Line, Snapshot, Total
from modules.budget.selectors.figures import Part
from modules.budget.selectors.overview import part_of
from modules.budget.selectors.shown import Shown
from modules.budget.states import Kind, State

FAR_BEHIND: Final = 0.15
"""So much behind the elapsed year a bar turns amber."""


def of_part(part: Part, shown: Shown | None = None) -> str:
    """Return the address of a part's page, on its side and in the state that is shown."""
    query = replace(shown, side=part.side).query if shown else ""
    return _path(part) + query


def _path(part: Part) -> str:
    key = part.heading.key
    if part.kind == Kind.ACTIVITY and part.agency is not None:
        return reverse("budget:activity", args=[part.agency.key, key])
    pages = {Kind.AGENCY: "agency", Kind.PROGRAMME: "programme", Kind.ACCOUNT: "account"}
    return reverse(f"budget:{pages[part.kind]}", args=[key])


def of_row(row: Total | Line, snapshot: Snapshot) -> str:
    """Return the public address of a row of the desk's lists; "" while its state is not public."""
    if snapshot.state != State.PUBLISHED:
        return ""
    query = f"?year={snapshot.year}&date={snapshot.as_of.isoformat()}"
    if isinstance(row, Line):
        return reverse("budget:activity", args=[row.agency.key, row.activity.key]) + query
    return _path(part_of(row)) + query
