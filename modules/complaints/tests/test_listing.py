"""The public list, its filters and its map."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region, region_context
from balai.directory.models import Area
from modules.complaints import contract
from modules.complaints.tests.conftest import own_queries, photo


def test_filters(routed: Callable, resolved: Callable, visitor: Callable, lamps: object) -> None:
    waiting = routed(title="Lampu mati di pasar", landmark="Pasar Anyar")
    done = resolved(title="Lampu berkedip di taman")
    cases = {
        "": {waiting, done},
        "?status=waiting": {waiting},
        "?status=done": {done},
        "?q=taman": {done},
        "?q=anyar+mati": {waiting},
        f"?q={waiting.number}": {waiting},
        f"?category={lamps.parent_id}": {waiting, done},
        "?category=99999999": set(),
        f"?district={waiting.district_id}": {waiting, done},
        "?q=%00": {waiting, done},
        "?district=x&category=%00&page=99&status=bogus": {waiting, done},
    }
    for query, expected in cases.items():
        response = visitor.get(f"/complaints/{query}")
        assert response.status_code == 200, query
        assert set(response.context["page"].object_list) == expected, query


def test_the_map_counts_by_kecamatan(routed: Callable, visitor: Callable) -> None:
    report = routed()
    routed()
    page = visitor.get("/complaints/")
    assert page.context["counts"] == {report.district_id: 2}
    assert f"{report.district.name}: 2" in page.content.decode()


def test_the_list_can_be_switched_off(
    routed: Callable, visitor: Callable, with_settings: Callable
) -> None:
    report = routed()
    with_settings(public_list=False)
    assert report.number not in visitor.get("/complaints/").content.decode()
    assert visitor.get(f"/complaints/{report.uuid}/").status_code == 404
    assert contract.recent() == []


@pytest.mark.parametrize("path", ["/complaints/", "/complaints/?q=lampu", "/complaints/mine/"])
def test_queries_do_not_grow_with_rows(
    path: str, resolved: Callable, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    citizen = make_user()
    client = client_for(in_region, citizen)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            resolved(reporter=citizen, photos=[photo()])
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        counts.append(own_queries(seen))
    assert counts[0] == counts[1], [query["sql"] for query in seen]
    assert counts[0] <= 20


def test_another_city_sees_nothing(
    routed: Callable, client_for: Callable, other_region: Region
) -> None:
    report = routed()
    with region_context(other_region):
        assert contract.recent() == []
    other = client_for(other_region)
    assert other.get(f"/complaints/{report.uuid}/").status_code == 404
    assert report.number not in other.get("/complaints/").content.decode()


def test_the_contract_tells_no_more_than_the_list(routed: Callable) -> None:
    report = routed()
    (summary,) = contract.recent()
    assert (summary.number, summary.agency) == (report.number, report.agency.short_name)
    assert contract.counts().waiting == 1


def test_pins_stand_on_the_map_where_boundaries_are_known(
    routed: Callable, visitor: Callable, in_region: Region
) -> None:
    ring = [[106, -7], [107, -7], [107, -6], [106, -6], [106, -7]]
    square = {"type": "Polygon", "coordinates": [ring]}
    Area.objects.filter(kind=Area.Kind.DISTRICT).update(
        boundary=square, boundary_changed_at=timezone.now()
    )
    pinned, secret = routed(pin=(-6.2, 106.6)), routed(pin=(-6.3, 106.5), secret=True)
    shown = visitor.get("/complaints/").content.decode()
    assert f'href="/complaints/{pinned.uuid}/"' in shown
    assert 'class="map__pin"' in shown
    assert str(secret.uuid) not in shown
    assert 'class="map__pin"' in visitor.get(f"/complaints/{pinned.uuid}/").content.decode()
