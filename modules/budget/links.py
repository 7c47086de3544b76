"""Where a part of the budget has its own page."""

from dataclasses import replace
from typing import Final

from django.urls import reverse

from modules.budget.selectors.figures import Part
from modules.budget.selectors.shown import Shown
from modules.budget.states import Kind

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
