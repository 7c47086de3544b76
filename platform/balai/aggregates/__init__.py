"""Figures that say how a region does and nothing of a person; see docs/operators.md.

A module gives its own in ``aggregates.py``::

    FIGURES = (Figure("received", _("Reports received"), _("reports"), inflow=True),)

    def measure(month: Month) -> dict[str, Measured]:
        return {"received": Measured(count, basis=count)}

``measure`` runs inside a region where the module is on. It may leave a figure out that cannot be
told. Figures are of whole months only: of a window that moves day by day, one day could be taken
from the next and would show single cases.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from balai import context
from balai.modules.manifest import type_str

LEAST: Final = 5
"""k of k-anonymity: a figure that fewer people or cases stand behind is held back."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is measured.

    Attributes:
        name: unique within its module; with its slug it is the key, "complaints.received".
        label: what it is, in words for an admin who decides whether to share it.
        unit: what the number counts, "reports", "hours".
        about_people: whether it is held back below :data:`LEAST`.
        inflow: whether it counts new cases; the operators see the sum of these as a load.
    """

    name: str
    label: type_str
    unit: type_str
    about_people: bool = True
    inflow: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a month; ``basis`` is how many people or cases stand behind it."""

    value: int | float | Decimal
    basis: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A whole calendar month of the region's own clock; ``end`` is not in it any more."""

    first: date
    start: datetime
    end: datetime

    @property
    def before(self) -> "Month":
        """The month before."""
        return month_of(self.first - timedelta(days=1))


def month_of(day: date) -> Month:
    """Return the month of ``day`` in the active region."""
    zone = context.current_region().zone
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Month(
        first,
        datetime(first.year, first.month, 1, tzinfo=zone),
        datetime(after.year, after.month, 1, tzinfo=zone),
    )
