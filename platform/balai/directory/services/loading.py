"""Fill a new region: its areas from the reference list, its agencies from a preset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from balai import audit
from balai.directory import reference
from balai.directory.models import Agency, Area
from balai.directory.specs import AgencySpec

AREA_AGENCIES = ("kecamatan", "kelurahan")


@dataclass(frozen=True, slots=True)
class AreasLoaded:
    """How many areas the region has of each level, and how many of them are new."""

    districts: int
    villages: int
    added: int


@transaction.atomic
def load_reference_areas(*, code: str) -> AreasLoaded:
    """Add the kecamatan and villages of a regency that the region does not have yet.

    What is there keeps the name its admin gave it. Run twice, the second run adds nothing.

    Raises:
        reference.UnknownCodeError: when ``code`` is no regency or city.
    """
    districts, villages = reference.districts(code), reference.villages(code)
    known = set(Area.objects.values_list("code", flat=True))
    added = _insert(
        Area(code=entry.code, name=entry.name, kind=Area.Kind.DISTRICT)
        for entry in districts
        if entry.code not in known
    )
    parents = dict(Area.objects.filter(kind=Area.Kind.DISTRICT).values_list("code", "id"))
    added += _insert(
        Area(
            code=entry.code,
            name=entry.name,
            kind=Area.Kind.VILLAGE,
            parent_id=parents[entry.district_code],
        )
        for entry in villages
        if entry.code not in known
    )
    if added:
        audit.record(
            action="areas.loaded", target=code, after={"added": added, "from": reference.source()}
        )
    return AreasLoaded(districts=len(districts), villages=len(villages), added=added)


def _insert(areas: Iterable[Area]) -> int:
    return len(Area.objects.bulk_create(areas, batch_size=500))


@transaction.atomic
def load_agencies(specs: Iterable[AgencySpec], *, area_kinds: Iterable[str] = AREA_AGENCIES) -> int:
    """Add the agencies that the region does not have yet, and an office for each of its areas.

    Areas must be loaded first. A desa governs itself: only kecamatan and kelurahan are offices
    of the region. Agencies that exist, closed ones included, are left alone.

    Args:
        specs: parents stand before their children.
        area_kinds: which areas get an office: "kecamatan", "kelurahan".

    Returns:
        How many agencies were added.

    Raises:
        LookupError: for a parent that is neither known nor in ``specs``.
    """
    known = dict(Agency.objects.values_list("code", "id"))
    before = len(known)
    for level in _levels(list(specs), known):
        _add(level, known)
    kinds = set(area_kinds)
    areas = list(Area.objects.defer("boundary").select_related("parent").order_by("code"))
    for kind in AREA_AGENCIES:
        if kind in kinds:
            _add(_offices(areas, kind), known, {area.code: area.pk for area in areas})
    added = len(known) - before
    if added:
        audit.record(action="agencies.loaded", after={"added": added})
    return added


def area_agency_code(area_code: str) -> str:
    """Return the code of the office of an area: "kec-36.71.01", "kel-36.71.01.1001"."""
    return f"{'kec' if len(area_code) == 8 else 'kel'}-{area_code}"


def _levels(specs: list[AgencySpec], known: Mapping[str, int]) -> Iterable[list[AgencySpec]]:
    """Yield the missing agencies in such groups that each group's parents exist by then."""
    missing = [spec for spec in specs if spec.code not in known]
    while missing:
        ready = [spec for spec in missing if not spec.parent or spec.parent in known]
        if not ready:
            raise LookupError(f"nobody knows {missing[0].parent}, the parent of {missing[0].code}")
        yield ready
        done = {spec.code for spec in ready}
        missing = [spec for spec in missing if spec.code not in done]


def _offices(areas: Iterable[Area], kind: str) -> list[AgencySpec]:
    found = []
    for area in areas:
        if area.kind == Area.Kind.DISTRICT and kind == "kecamatan":
            found.append(_office(area, "Kecamatan", "Kec.", kind, ""))
        elif area.code[9:10] == "1" and kind == "kelurahan":
            parent = area_agency_code(area.code[:8])
            found.append(_office(area, "Kelurahan", "Kel.", kind, parent))
    return found


def _office(area: Area, word: str, short: str, kind: str, parent: str) -> AgencySpec:
    return AgencySpec(
        code=area_agency_code(area.code),
        name=f"{word} {area.name}",
        short_name=f"{short} {area.name}"[:40],
        kind=kind,
        parent=parent,
    )


def _add(
    specs: Iterable[AgencySpec], known: dict[str, int], areas: Mapping[str, int] | None = None
) -> None:
    fresh = [
        Agency(
            code=spec.code,
            name=spec.name,
            short_name=spec.short_name,
            kind=spec.kind,
            email=spec.email,
            phone=spec.phone,
            parent_id=known.get(spec.parent),
            area_id=(areas or {}).get(spec.code[4:]),
        )
        for spec in specs
        if spec.code not in known
    ]
    known.update((agency.code, agency.pk) for agency in Agency.objects.bulk_create(fresh))
