"""The only thing other modules may import of this one."""

from dataclasses import dataclass

from modules.catalogue.selectors import use


@dataclass(frozen=True, slots=True)
class AgencyCost:
    """What an agency's apps cost: whole rupiah a year."""

    agency_id: int
    agency: str
    apps: int
    cost_per_year: int


def costs() -> list[AgencyCost]:
    """Return the agencies with apps in use, the dearest first."""
    return [AgencyCost(row["id"], row["name"], row["apps"], row["cost"]) for row in use.by_agency()]
