"""A tile is made once an event for all who look, and is never older than the last event."""

from collections.abc import Callable

import pytest
from django.db import connection

from balai import outbox
from balai.context import Region
from balai.modules import widgets
from balai.outbox.models import Event
from modules.complaints.models import Complaint
from modules.liveroom import fragments

TILES = "/desk/liveroom/tiles/"
KEYS = ("complaints.Waiting", "complaints.Handled", "nothing.Here")


def happen(topic: str = "complaints.report") -> Event:
    """Let something happen."""
    return outbox.publish(topic, key="", nobody=1)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the tiles that were made."""
    seen: list[str] = []
    monkeypatch.setattr(fragments, "SECONDS", 600)  # whatever else this machine does meanwhile
    real = widgets.Widget.render
    monkeypatch.setattr(
        widgets.Widget,
        "render",
        lambda self, request: seen.append(self.key()) or real(self, request),
    )
    return seen


def test_many_viewers_ask_and_each_tile_is_made_once_an_event(
    in_region: Region, client_for: Callable, leader: object, make_user: Callable,
    report: Complaint, made: list[str],
) -> None:  # fmt: skip
    viewers = [client_for(in_region, user) for user in (leader, make_user("admin"))]
    for _again in range(3):
        for viewer in viewers:
            fresh = viewer.get(TILES, {"key": KEYS}).json()
            assert set(fresh) == set(KEYS)
            assert fresh["nothing.Here"] == ""
    assert made == list(KEYS[:2])
    Complaint.objects.filter(pk=report.pk).update(state="in_progress")
    happen()
    after = [viewer.get(TILES, {"key": KEYS}).json() for viewer in viewers]
    assert made == list(KEYS[:2]) * 2
    assert after[0] == after[1] != fresh
    happen("emergency.unit")
    viewers[0].get(TILES, {"key": KEYS})
    assert made == list(KEYS[:2]) * 2, "an event of others touches no tile of reports"


def test_an_older_number_that_commits_late_is_not_overlooked(
    in_region: Region, client_for: Callable, leader: object, made: list[str]
) -> None:
    """Numbers are given before the commit: what comes late has a smaller one than the newest."""
    viewer = client_for(in_region, leader)
    happen()
    late = happen()
    happen()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_event WHERE id = %s", [late.pk])
        viewer.get(TILES, {"key": KEYS[:1]})
        viewer.get(TILES, {"key": KEYS[:1]})
        assert len(made) == 1
        cursor.execute("INSERT INTO outbox_event (id, topic, key, payload, attempts, last_error)"
                       " VALUES (%s, 'complaints.report', '', '{}', 0, '')", [late.pk])  # fmt: skip
    viewer.get(TILES, {"key": KEYS[:1]})
    assert len(made) == 2


def test_a_tile_that_asks_for_a_right_is_made_for_each_and_kept_for_none(
    in_region: Region, client_for: Callable, make_user: Callable, made: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    cls = widgets.find("complaints.Waiting").__class__
    monkeypatch.setattr(cls, "permission", "liveroom.see_viewers")
    for role, sees in (("leader", True), ("coordinator", False), ("admin", True)):
        client = client_for(in_region, make_user(role))
        assert bool(client.get(TILES, {"key": KEYS[:1]}).json()[KEYS[0]]) == sees
    assert made == [KEYS[0]] * 2
    assert client_for(in_region).get("/liveroom/wall/tiles/").status_code == 404
    assert client_for(in_region, make_user("officer")).get(TILES).status_code == 403
