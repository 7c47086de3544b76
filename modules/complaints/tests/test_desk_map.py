"""The inbox's map: gathered, filtered, and never of another agency."""

from collections.abc import Callable

import pytest

from modules.complaints.models import Complaint

DATA = "/desk/complaints/map/data/"
WHERE = "bbox=106.4,-6.4,106.9,-6.0&zoom=12"


def counted(client: object, query: str = "tab=all") -> int:
    answer = client.get(f"{DATA}?{query}&{WHERE}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json"
    return sum(feature["properties"]["count"] for feature in answer.json()["features"])


@pytest.fixture
def pinned(routed: Callable) -> Callable:
    """Return a function that makes a routed report with a pin."""
    return lambda **told: routed(pin=(-6.178, 106.63), **told)


def test_it_gathers_what_fits(pinned: Callable, routed: Callable, officer: object, at: Callable):
    pinned(title="Lampu padam")
    pinned(title="Kabel menjuntai")
    routed(title="Tanpa titik")
    client = at(officer)
    assert counted(client) == 2
    assert counted(client, "tab=all&q=kabel") == 1
    single = client.get(f"{DATA}?tab=all&q=kabel&{WHERE}").json()["features"][0]
    assert single["properties"]["url"].startswith("/desk/complaints/")
    page = client.get("/desk/complaints/map/?tab=all")
    assert page.context["count"] == 3
    assert "data-clusters" in page.content.decode()


def test_a_heap_leads_to_its_list(pinned: Callable, officer: object, at: Callable) -> None:
    pair = {pinned().pk, pinned().pk}
    client = at(officer)
    heap = client.get(f"{DATA}?tab=all&{WHERE}").json()["features"][0]["properties"]
    assert heap["count"] == 2
    shown = client.get(heap["url"]).context["page"].object_list
    assert {row.pk for row in shown} == pair


def test_i02_the_map_shows_nothing_of_another_agency(
    pinned: Callable, stranger: object, at: Callable
) -> None:
    report = pinned(title="Lampu Dishub padam")
    client = at(stranger)
    assert counted(client) == 0
    assert counted(client, f"tab=all&agency={report.agency_id}") == 0
    page = client.get(f"/desk/complaints/map/?tab=all&district={report.district_id}")
    assert page.context["count"] == 0
    assert report.title not in page.content.decode()


@pytest.mark.parametrize("query", ["", "bbox=1,2&zoom=3", "bbox=106,-7,107,-6&zoom=99",
                                   "bbox=-180,-85,180,85&zoom=19"])  # fmt: skip
def test_what_is_no_box_is_refused(query: str, officer: object, at: Callable) -> None:
    assert at(officer).get(f"{DATA}?{query}").status_code == 400


def test_secret_reports_are_on_the_desks_map(
    pinned: Callable, officer: object, at: Callable
) -> None:
    report = pinned(secret=True)
    assert Complaint.objects.get(pk=report.pk).published_at is None
    assert counted(at(officer)) == 1
