"""The map's data: every report in it once, at every zoom, and strict questions only."""

import random
from collections.abc import Callable

import pytest
from django.utils import timezone

from balai.context import Region
from modules.complaints.models import Complaint
from modules.complaints.selectors import public
from modules.complaints.selectors.clusters import TooFineError, cell, clusters
from modules.complaints.tests.crowd import many

URL = "/complaints/map-data/"
EVERYWHERE = (95.0, -11.0, 141.0, 6.0)


@pytest.fixture
def spread(routed: Callable) -> list[Complaint]:
    """Return 60 reports in a kota, two of them at one place."""
    chance = random.Random(7)
    places = [(chance.uniform(-6.25, -6.1), chance.uniform(106.55, 106.75)) for _ in range(58)]
    return many(
        routed(),
        (
            {"created_at": timezone.now(), "latitude": lat, "longitude": lng}
            for lat, lng in [*places, (-6.2, 106.6), (-6.2, 106.6)]
        ),
    )


@pytest.mark.parametrize("zoom", range(4))
def test_every_report_is_counted_once_at_every_zoom(zoom: int, spread: list[Complaint]) -> None:
    found = clusters(public.listed(), EVERYWHERE, zoom)
    assert sum(cluster.count for cluster in found) == 60


def test_a_closer_look_parts_them(spread: list[Complaint]) -> None:
    kota, counts = (106.5, -6.3, 106.8, -6.05), []
    for zoom in (8, 11, 13):
        found = clusters(public.listed(), kota, zoom)
        assert sum(cluster.count for cluster in found) == 60
        counts.append(len(found))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    wide, high = cell(kota, 13)
    for cluster in found:
        west, south, east, north = cluster.box
        assert east - west <= wide
        assert north - south <= high
        assert west <= cluster.longitude <= east
        assert (cluster.uuid is not None) == (cluster.count == 1)


def test_a_single_report_is_told_and_one_place_stays_together(spread: list[Complaint]) -> None:
    found = clusters(public.listed(), (106.59, -6.21, 106.61, -6.19), 16)
    pair = next(cluster for cluster in found if cluster.box[:2] == cluster.box[2:])
    assert (pair.count, pair.box) == (2, (106.6, -6.2, 106.6, -6.2))
    single = next(cluster for cluster in clusters(public.listed(), EVERYWHERE[:2] + (120, 6), 3))
    assert single.count == 60
    one = Complaint.objects.get(pk=spread[0].pk)
    lat, lng = one.latitude, one.longitude
    (told,) = clusters(public.listed(), (lng - 1e-4, lat - 1e-4, lng + 1e-4, lat + 1e-4), 18)
    assert (told.uuid, told.number, told.title, told.state) == (
        one.uuid, one.number, one.title, one.state,
    )  # fmt: skip


def test_what_may_not_be_seen_is_not_counted(
    spread: list[Complaint], with_settings: Callable
) -> None:
    Complaint.objects.filter(pk=spread[0].pk).update(secret=True, published_at=None)
    assert sum(c.count for c in clusters(public.listed(), EVERYWHERE, 2)) == 59
    assert clusters(Complaint.objects.none(), EVERYWHERE, 2) == []
    with_settings(public_list=False)
    assert clusters(public.listed(), EVERYWHERE, 2) == []


def test_a_box_too_large_for_the_zoom_is_refused(in_region: Region) -> None:
    with pytest.raises(TooFineError):
        clusters(public.listed(), EVERYWHERE, 12)


@pytest.mark.parametrize(
    "query",
    [
        "", "bbox=1,2,3&zoom=3", "bbox=a,b,c,d&zoom=3", "bbox=nan,0,1,1&zoom=3",
        "bbox=0,0,inf,1&zoom=3", "bbox=10,0,5,1&zoom=3", "bbox=-181,0,5,1&zoom=3",
        "bbox=0,-91,5,1&zoom=3", "bbox=1,1,2,2", "bbox=1,1,2,2&zoom=x", "bbox=1,1,2,2&zoom=-1",
        "bbox=1,1,2,2&zoom=20", "bbox=1,1,2,2&zoom=3.5", "bbox=1,1,2,2&zoom=%00",
        "bbox=95,-11,141,6&zoom=15", "bbox=1,1,2,2&zoom=%D9%A3",
    ],
)  # fmt: skip
def test_wrong_questions_get_400(query: str, visitor: Callable) -> None:
    answer = visitor.get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "field", "message"}


def test_the_answer_is_geojson_with_addresses(spread: list[Complaint], visitor: Callable) -> None:
    answer = visitor.get(f"{URL}?bbox=106.5,-6.3,106.8,-6.05&zoom=13&status=waiting")
    assert answer["Content-Type"] == "application/geo+json"
    features = answer.json()["features"]
    assert sum(feature["properties"]["count"] for feature in features) == 60
    for feature in features:
        told, (lng, lat) = feature["properties"], feature["geometry"]["coordinates"]
        assert feature["type"] == "Feature"
        assert 106.5 < lng < 106.8 and -6.3 < lat < -6.05
        page = visitor.get(told["url"])
        assert page.status_code == 200
        if told["count"] > 1:
            assert "status=waiting" in told["url"]
            assert page.context["total"] == told["count"], "the list shows what the mark counts"
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    again = visitor.get(f"{URL}?bbox=106.5,-6.3,106.8,-6.05&zoom=13&status=waiting",
                        headers={"If-None-Match": answer["ETag"]})  # fmt: skip
    assert again.status_code == 304
    assert visitor.post(URL).status_code == 405
