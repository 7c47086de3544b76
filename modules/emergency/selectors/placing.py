"""Where open incidents and units are, for the board's map and for figures by kecamatan."""

from collections import Counter
from collections.abc import Iterable, Sequence

from balai.ui import maps
from balai.ui.boundaries import area_values
from modules.emergency.models import Incident, Unit
from modules.emergency.selectors.sealing import kecamatan


def by_kecamatan(incidents: Iterable[Incident]) -> dict[str, float | None]:
    """Return how many of the incidents lie in which kecamatan, by its code."""
    areas = (kecamatan(incident.area) for incident in incidents)
    return dict(Counter(area.code for area in areas if area is not None))


def drawn(incidents: Sequence[Incident], pins: Sequence[maps.Pin], *, title: str) -> str:
    """Return the region's map with counts by kecamatan and pins where boundaries are known."""
    return maps.area_map(area_values(by_kecamatan(incidents)), title=title, pins=pins)


def unit_pins(units: Iterable[Unit]) -> list[maps.Pin]:
    """Return a pin for each unit whose crew's phone has told where it is."""
    return [
        maps.Pin(unit.latitude, unit.longitude, f"{unit.callsign}: {unit.status.label}", "unit")
        for unit in units
        if unit.latitude is not None and unit.longitude is not None
    ]
