"""Tiles of the wall: times from twenty cases on, flags on evidence, reports close together."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Area
from modules.complaints import widgets
from modules.complaints.models import Complaint, Flag
from modules.complaints.selectors import clusters
from modules.complaints.tests.crowd import clones

NOW = timezone.now()


def shown(tile: type) -> tuple[object, str]:
    """Return a tile's value and the words beside it."""
    data = tile().data(HttpRequest())
    return data["value"], data["base"]


def test_times_are_told_from_twenty_cases_on(routed: Callable, in_region: Region) -> None:
    report = routed()
    ended = {"state": "resolved", "answered_at": NOW - timedelta(days=1), "resolved_at": NOW}
    began = NOW - timedelta(days=3)
    clones(report, 18, created_at=began, **ended)
    assert shown(widgets.Resolution)[0] == shown(widgets.FirstAnswer)[0] == "–"
    clones(report, 2, created_at=began, **ended)
    assert shown(widgets.Resolution)[0] in ("3,0", "3.0")
    assert shown(widgets.FirstAnswer)[0] in ("2,0", "2.0")
    old = NOW - timedelta(days=120)
    clones(report, 60, created_at=old, state="resolved", answered_at=old, resolved_at=old)
    assert shown(widgets.Resolution)[0] in ("3,0", "3.0"), "ninety days are told, no more"


def test_evidence_with_several_flags_is_one_report(resolved: Callable, in_region: Region) -> None:
    report = resolved()
    photo = report.photos.filter(stage="after").first()
    assert photo is not None
    Flag.objects.filter(photo=photo).delete()
    assert shown(widgets.EvidenceFlags)[0] == 0
    for kind in (Flag.Kind.REUSED, Flag.Kind.FAR_AWAY):
        Flag.objects.create(photo=photo, kind=kind)
    value, base = shown(widgets.EvidenceFlags)
    assert (value, "1" in base) == (1, True)


def test_the_map_marks_what_lies_close_together_and_nothing_single(
    routed: Callable, in_region: Region
) -> None:
    report = routed()
    place = {"latitude": -6.2, "longitude": 106.6}
    clones(report, 2, **place)
    clones(report, 1, latitude=-6.1, longitude=106.7)
    assert clusters.hotspots(Complaint.objects.all()) == []
    clones(report, 1, **place)
    spots = clusters.hotspots(Complaint.objects.all())
    assert [(spot.count, spot.number) for spot in spots] == [(3, "")]
    ring = [[106.5, -6.3], [106.8, -6.3], [106.8, -6.05], [106.5, -6.05], [106.5, -6.3]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    Area.objects.filter(kind=Area.Kind.DISTRICT).update(boundary=shape)
    drawn = str(widgets.OpenMap().data(HttpRequest())["map"])
    assert drawn.count("<circle") == 1
    Complaint.objects.filter(latitude=-6.2).update(secret=True)
    assert "<circle" not in str(widgets.OpenMap().data(HttpRequest())["map"])
