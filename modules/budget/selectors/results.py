"""What agencies did for people, beside their money: from whichever active module tells it.

A module takes part with ``agency_results(year)`` in its ``contract.py``, by the directory's code
of an agency; none is imported or required, and with the module the figures vanish.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from balai.modules import registry
from modules.budget.models import Heading
from modules.budget.selectors.figures import Part


class Result(Protocol):
    """The figures of one agency; None is not told."""

    received: int | None
    resolved: int | None
    in_time: float | None
    median_days: float | None


class Contract(Protocol):
    """What a ``contract.py`` offers that knows agencies' results."""

    def agency_results(self, year: int) -> Mapping[str, Result]:
        """Return the results of a year by an agency's code."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A part of the budget and what its agency did for people."""

    part: Part
    result: Result


def of_agency(heading: Heading, year: int) -> Result | None:
    """Return an agency's results of a year, None where nothing is known of it.

    ``heading.agency`` must be loaded. No query without such a module.
    """
    if heading.agency is None:
        return None
    return _found(year).get(heading.agency.code)


def beside(parts: Iterable[Part], year: int) -> list[Beside]:
    """Return agencies' parts with their results, those without any left out; one query more."""
    known, rows = _found(year), list(parts)
    if not known:
        return []
    codes = dict(
        Heading.objects.filter(pk__in=[part.heading.pk for part in rows])
        .exclude(agency=None).values_list("pk", "agency__code")
    )  # fmt: skip
    told = [(part, known.get(codes.get(part.heading.pk, ""))) for part in rows]
    return [Beside(part, result) for part, result in told if result is not None]


def _found(year: int) -> Mapping[str, Result]:
    for module in registry.active():
        contract = registry.part(module, "contract")
        if contract is not None and hasattr(contract, "agency_results"):
            return cast(Contract, contract).agency_results(year)
    return {}
