"""Finding one of the 514 by name or province, with who is open already."""

from dataclasses import dataclass
from typing import Final

from balai.directory import reference
from balai.directory.reference import Regency
from provisioning.rules import open_codes
from tenants import hosts
from tenants.models import Domain
from tenants.states import SERVED

MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the list; ``site`` is its address once it is open, ``taken`` also before."""

    regency: Regency
    taken: bool
    site: str = ""
    chosen: bool = False

    @property
    def code(self) -> str:
        """The Kemendagri code."""
        return self.regency.code

    @property
    def name(self) -> str:
        """The name with its kind."""
        return self.regency.full_name

    @property
    def province(self) -> str:
        """The province's name."""
        return self.regency.province.name


@dataclass(frozen=True, slots=True)
class Found:
    """The first matches and how many there are in all."""

    places: list[Place]
    total: int
    query: str

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.places)


def search(query: str, *, chosen: str = "", most: int = MOST) -> Found:
    """Return the regions whose name, code or province has every word of ``query``.

    Args:
        chosen: the code of one that is shown in any case.
        most: how many to show; 0 shows all.
    """
    words = query.lower().replace("kab.", "kabupaten").split()
    hits = [place for place in reference.regencies() if words and _fits(place, words)]
    hits.sort(key=lambda place: (not place.name.lower().startswith(" ".join(words)), place.name))
    shown = hits[:most] if most else hits
    if chosen and chosen not in {place.code for place in shown}:
        extra = reference.find(chosen)
        shown = [extra, *shown] if isinstance(extra, Regency) else shown
    return Found(_places(shown, chosen), max(len(hits), len(shown)), query)


def of_province(code: str) -> list[Place]:
    """Return the regions of a province."""
    return _places(reference.regencies(code), "")


def opened() -> list[Place]:
    """Return the regions that serve citizens, by name."""
    sites = _sites()
    found = [place for code in sites if isinstance(place := reference.find(code), Regency)]
    return sorted(_places(found, ""), key=lambda place: place.regency.name)


def _fits(place: Regency, words: list[str]) -> bool:
    text = f"{place.full_name} {place.province.name} {place.code}".lower()
    return all(word in text for word in words)


def _places(found: "list[Regency] | tuple[Regency, ...]", chosen: str) -> list[Place]:
    taken, sites = open_codes(), _sites()
    return [
        Place(place, place.code in taken, sites.get(place.code, ""), place.code == chosen)
        for place in found
    ]


def _sites() -> dict[str, str]:
    from django.conf import settings

    rows = Domain.objects.filter(is_primary=True, tenant__state__in=SERVED)
    return {
        code: f"{settings.PUBLIC_SCHEME}://{hosts.with_port(domain)}/"
        for code, domain in rows.values_list("tenant__code", "domain")
    }
