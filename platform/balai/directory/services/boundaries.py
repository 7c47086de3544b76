"""Boundaries by upload: prepared as a draft, then applied, and undone if they were wrong."""

from dataclasses import asdict
from typing import Any, Final

import shapely
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from shapely.geometry import shape

from balai import audit, context, outbox
from balai.directory.boundaries import INDONESIA, BadFileError, finishing, matching, reading
from balai.directory.models import Area, BoundaryImport

KEPT: Final = 3
PLACE: Final = ("boundary", "latitude", "longitude")


@transaction.atomic
def prepare_boundaries(*, content: bytes, file_name: str, level: str) -> BoundaryImport:
    """Read an uploaded file and keep what it would change as a draft; nothing changes yet.

    Args:
        content: GeoJSON, at most 10 MB.
        level: "district" or "village".

    Raises:
        ValidationError: for a file that cannot be used at all, or none of whose features can.
    """
    region = context.current_region()
    try:
        bounds = None if region.kind == "other" else INDONESIA
        shapes, problems = reading.read(content, bounds=bounds)
    except BadFileError as error:
        raise ValidationError({"file": str(error)}) from None
    matches, unmatched = matching.match(shapes, _known(level), level=level)
    features = {code: asdict(found) for code, found in finishing.finish(matches).items()}
    problems = sorted([*problems, *unmatched], key=lambda problem: problem.row)
    if not features:
        first = problems[0].text if problems else ""
        raise ValidationError(
            {"file": _("No area of this region was found. %(why)s") % {"why": first}}
        )
    if level == Area.Kind.VILLAGE:
        features |= _districts_of(features)
    BoundaryImport.objects.filter(state=BoundaryImport.State.DRAFT).delete()
    return BoundaryImport.objects.create(
        file_name=file_name[-120:],
        level=level,
        features=features,
        problems=[{**asdict(problem), "text": str(problem.text)} for problem in problems],
    )


@transaction.atomic
def apply_boundaries(*, draft: BoundaryImport) -> int:
    """Put a draft's boundaries in use; return how many areas have a new one.

    Raises:
        BoundaryImport.DoesNotExist: when it is no draft any more.
    """
    draft = _locked(draft, BoundaryImport.State.DRAFT)
    areas = list(Area.objects.select_for_update().filter(code__in=draft.features))
    draft.previous = {
        area.code: {
            "geometry": area.boundary,
            "latitude": area.latitude,
            "longitude": area.longitude,
        }
        for area in areas
    }
    _write(areas, draft.features)
    draft.state = BoundaryImport.State.APPLIED
    draft.save(update_fields=["previous", "state"])
    _forget_old()
    audit.record(
        action="boundaries.applied",
        target=draft.file_name,
        after={"areas": len(areas), "level": draft.level},
    )
    return len(areas)


@transaction.atomic
def undo_boundaries(*, applied: BoundaryImport) -> int:
    """Give the areas back what they had before this upload; return how many changed.

    Raises:
        BoundaryImport.DoesNotExist: when it is not in use.
        ValidationError: when a later upload must be undone first.
    """
    applied = _locked(applied, BoundaryImport.State.APPLIED)
    later = BoundaryImport.objects.filter(
        state=BoundaryImport.State.APPLIED, pk__gt=applied.pk
    ).exists()
    if later:
        raise ValidationError(_("A later upload is in use. Take that one back first."))
    areas = list(Area.objects.select_for_update().filter(code__in=applied.previous))
    _write(areas, applied.previous)
    applied.state = BoundaryImport.State.UNDONE
    applied.save(update_fields=["state"])
    audit.record(action="boundaries.undone", target=applied.file_name, after={"areas": len(areas)})
    return len(areas)


@transaction.atomic
def discard_boundaries(*, draft: BoundaryImport) -> None:
    """Throw a draft away. Raises BoundaryImport.DoesNotExist when it is no draft any more."""
    _locked(draft, BoundaryImport.State.DRAFT).delete()


def _known(level: str) -> list[matching.Known]:
    rows = Area.objects.filter(kind=level).values_list("code", "name", "parent__name")
    return [matching.Known(code, name, district or "") for code, name, district in rows]


def _districts_of(features: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the boundary of every kecamatan all of whose villages are in the file."""
    villages: dict[str, list[str]] = {}
    for code, parent in Area.objects.filter(parent__isnull=False).values_list(
        "code", "parent__code"
    ):
        villages.setdefault(parent, []).append(code)
    found = {}
    for district, codes in villages.items():
        if all(code in features for code in codes):
            whole = shapely.union_all([shape(features[code]["geometry"]) for code in codes])
            found[district] = asdict(finishing.finished(reading.polygons(whole)))
    return found


def _write(areas: list[Area], places: dict[str, dict[str, Any]]) -> None:
    now = timezone.now()
    for area in areas:
        place = places[area.code]
        area.boundary, area.boundary_changed_at = place["geometry"], now
        area.latitude, area.longitude = place["latitude"], place["longitude"]
    Area.objects.bulk_update(areas, [*PLACE, "boundary_changed_at"], batch_size=200)
    outbox.publish("directory.boundaries_changed", areas=len(areas))


def _locked(entry: BoundaryImport, state: str) -> BoundaryImport:
    return BoundaryImport.objects.select_for_update().get(pk=entry.pk, state=state)


def _forget_old() -> None:
    """Keep the last few uploads, for undoing; older ones only take space."""
    kept = BoundaryImport.objects.order_by("-id").values_list("id", flat=True)[:KEPT]
    BoundaryImport.objects.exclude(pk__in=list(kept)).delete()
