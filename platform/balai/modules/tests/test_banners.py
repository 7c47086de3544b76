"""Lines above every page: at once, for free, until their end, in their own region only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region, region_context
from balai.live.access import may_hear
from balai.live.counts import COUNTS
from balai.modules import banners
from tenants import activation, directory
from tests.dummy.specimen import selectors, services

LOUD = "! Taman ditutup sampai pukul 10"


def fresh(region: Region) -> Region:
    """Return the region as a request would find it now."""
    found = directory.by_schema(region.schema)
    assert found is not None
    return found


def own(seen: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in seen if '"shared"' not in query["sql"]]


@pytest.fixture
def loud(in_region: Region) -> object:
    """A note that all pages show."""
    note = services.write_note(text=LOUD)
    directory.invalidate()
    return note


def test_it_stands_on_every_page_and_vanishes_with_the_module(
    loud, region: Region, other_region: Region, make_user, client_for: Callable
) -> None:
    admin = client_for(region, make_user("admin"))
    for page in ("/", "/specimen/", "/desk/specimen/", "/console/", "/accounts/", "/banners/"):
        assert LOUD in admin.get(page).content.decode(), page
    assert LOUD not in client_for(other_region).get("/").content.decode()
    assert LOUD not in client_for(region).get("/offline/").content.decode(), "kept for days"
    activation.switch(region, "specimen", False)
    directory.invalidate()
    assert LOUD not in admin.get("/").content.decode()


def test_pages_without_banners_ask_nothing_and_with_them_once(
    region: Region, client_for: Callable
) -> None:
    client = client_for(region)
    with CaptureQueriesContext(connection) as seen:
        client.get("/banners/")
    assert own(seen) == []
    with region_context(region):
        services.write_note(text=LOUD)
    counts = []
    for _ in range(2):
        directory.invalidate()  # as after the notice of another process
        with CaptureQueriesContext(connection) as seen:
            assert LOUD in client.get("/banners/").content.decode()
        counts.append(len(own(seen)))
    assert counts[0] >= 1
    assert counts[1] == 0


def test_it_ends_by_the_clock(loud, region: Region) -> None:
    now = timezone.now()
    with region_context(fresh(region)):
        assert [banner.title for banner in banners.current(now)] == [LOUD]
        edge = banners.next_change(now)
        assert edge is not None
        assert timedelta(minutes=59) < edge - now <= timedelta(hours=1)
        assert banners.current(edge) == []
        assert banners.next_change(edge) is None


def test_who_hides_one_still_sees_the_next(loud, region: Region, client_for: Callable) -> None:
    client, key = client_for(region), f"specimen-{loud.uuid.hex}"
    back = client.post("/banners/hide/", {"banner": key, "next": "/specimen/"})
    assert (back.status_code, back.headers["Location"]) == (302, "/specimen/")
    assert LOUD not in client.get("/").content.decode()
    with region_context(region):
        services.write_note(text="! Taman dibuka lagi")
    directory.invalidate()
    assert "Taman dibuka lagi" in client.get("/banners/").content.decode()
    away = client.post("/banners/hide/", {"banner": "x y", "next": "https://jahat.test/"})
    assert away.headers["Location"] == "/"
    with_htmx = client.post("/banners/hide/", {"banner": key}, headers={"HX-Request": "true"})
    assert with_htmx.status_code == 200
    assert LOUD not in with_htmx.content.decode()


def test_at_most_three_are_shown(in_region: Region, client_for: Callable) -> None:
    for number in range(5):
        services.write_note(text=f"! Nomor {number}")
    directory.invalidate()
    page = client_for(in_region).get("/banners/").content.decode()
    assert page.count("banner__words") == 3
    assert "2 " in page.split("banner__words")[-1]


def test_a_change_that_is_rolled_back_is_told_to_nobody(region: Region) -> None:
    with region_context(region):
        with transaction.atomic():
            services.write_note(text=LOUD)
            transaction.set_rollback(True)
        assert fresh(region).banners_until is None


def test_a_page_outlives_banners_that_cannot_be_read(
    loud, region: Region, client_for: Callable, monkeypatch
) -> None:
    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(selectors, "notes", broken)
    assert client_for(region).get("/banners/").status_code == 200


def test_open_pages_listen_where_there_is_a_hub(
    region: Region, client_for: Callable, rf, monkeypatch
) -> None:
    assert 'data-live="ui.banners"' not in client_for(region).get("/").content.decode()
    monkeypatch.setattr(COUNTS, "running", True)
    page = client_for(region).get("/").content.decode()
    assert 'data-live="ui.banners"' in page
    assert "live/js/live.js" in page
    with region_context(region):
        assert may_hear(rf.get("/"), banners.TOPIC)
    assert client_for(region).get("/live-token/?topic=ui.banners").status_code == 200
