"""Where every region is: at the release, behind it, ahead of it, or unlike any release."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from django.db import connection
from django.db.backends.utils import CursorWrapper

from balai.away import AwayError
from balai.context import MAIN_CELL, platform
from provisioning import release
from provisioning.models import Release, UpgradePlan
from provisioning.release import fingerprint
from tenants import cells
from tenants.models import Region
from tenants.states import State

Where = Literal["current", "behind", "ahead", "drift", "missing", "away"]
SOUND: Final = frozenset({"current", "behind"})


@dataclass(frozen=True, slots=True)
class Place:
    """One region: what its schema looks like ("" when there is none) and what that means."""

    slug: str
    schema: str
    fingerprint: str
    where: Where
    cell: str = MAIN_CELL


@dataclass(frozen=True, slots=True)
class Report:
    """All regions against the release of the running code."""

    target: str
    places: tuple[Place, ...]

    @property
    def sound(self) -> bool:
        """Whether `fleet upgrade` can bring every region to the release."""
        return all(place.where in SOUND for place in self.places)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        counts = Counter(place.where for place in self.places)
        return {"target": self.target, "regions": len(self.places), "counts": dict(counts),
                "places": [asdict(place) for place in self.places]}  # fmt: skip

    def lines(self) -> list[str]:
        """Return it for people: the sum, then every region that is not at the release."""
        counts = Counter(place.where for place in self.places)
        summary = ", ".join(f"{number} {where}" for where, number in sorted(counts.items()))
        odd = [
            f"{place.slug:24} {place.where}" for place in self.places if place.where != "current"
        ]
        return [f"Release {self.target[:12]}: {summary or 'no regions'}", *odd]


def status() -> Report:
    """Compare every region with the release; a handful of statements however many there are."""
    with platform():
        target = release.ensure()
        regions = list(living())
        seen, away = marks(regions)
        known = {
            row.fingerprint: row for row in Release.objects.filter(fingerprint__in=seen.values())
        }
        on_the_way = positions(target.fingerprint)
        return Report(
            target.fingerprint,
            tuple(
                Place(region.slug, region.schema_name, mark := seen.get(region.schema_name, ""),
                      "away" if region.cell_id in away
                      else _where(mark, target, known, on_the_way), region.cell_id)
                for region in regions
            ),
        )  # fmt: skip


def living() -> Any:
    """Return the regions that have a schema, in the order of their addresses."""
    gone = (State.REQUESTED, State.CLOSED)
    return Region.objects.exclude(state__in=gone).order_by("slug")


Look = Callable[[CursorWrapper, Iterable[str]], dict[str, str]]


def marks(
    regions: Iterable[Region], look: Look = fingerprint.of_all
) -> tuple[dict[str, str], set[str]]:
    """Return the fingerprints by schema, and the cells that could not be asked.

    Args:
        look: what is asked of each cell; a few statements.
    """
    by_cell: dict[str, list[str]] = {}
    for region in regions:
        by_cell.setdefault(region.cell_id, []).append(region.schema_name)
    seen: dict[str, str] = {}
    away = set()
    for cell, schemas in by_cell.items():
        try:
            with cells.caretaker(cell), connection.cursor() as cursor:
                seen |= look(cursor, schemas)
        except AwayError:
            away.add(cell)
    return seen, away


def positions(target: str) -> frozenset[str]:
    """Return the fingerprints at which a region may stand between two steps towards ``target``.

    A step outside a transaction may have been cut short at any point of its structure: for it
    only the half that names the applied migrations counts.
    """
    marks = set()
    for plan in UpgradePlan.objects.filter(target=target):
        for step in plan.steps:
            marks.add(step["before"])
            if step["kind"] == "alone":
                marks.add(applied_half(step["before"]))
    return frozenset(marks)


def applied_half(mark: str) -> str:
    """Return the half of a fingerprint that stands for the applied migrations."""
    return mark.partition("-")[2]


def _where(
    mark: str, target: Release, known: dict[str, Release], on_the_way: frozenset[str]
) -> Where:
    if not mark:
        return "missing"
    if mark == target.fingerprint:
        return "current"
    if mark in on_the_way or applied_half(mark) in on_the_way:
        return "behind"
    origin = known.get(mark)
    if origin is None:
        return "drift"
    theirs = {tuple(key) for key in origin.migrations}
    ours = {tuple(key) for key in target.migrations}
    if ours < theirs:
        return "ahead"
    return "behind" if theirs < ours else "drift"
