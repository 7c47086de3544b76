"""The wall of the past day: kept after events alone, a row a changed tile, shown as the past."""

import os
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from balai import outbox
from balai.audit.models import Entry
from balai.context import Region
from balai.modules import widgets
from modules.complaints.models import Complaint
from modules.liveroom.models import Moment
from modules.liveroom.selectors import past
from modules.liveroom.services import recording
from modules.liveroom.tests.conftest import CANARY

PAGE = "/desk/liveroom/past/"
NOW = timezone.now().replace(second=0, microsecond=0)


def at(minutes_ago: int) -> datetime:
    """Return a minute of the past."""
    return NOW - timedelta(minutes=minutes_ago)


def happen() -> None:
    """Let something happen that no tile shows."""
    outbox.publish("accounts.signed_in", key="", nobody=1)


def test_a_minute_is_kept_only_after_an_event_and_only_what_changed(report: Complaint) -> None:
    first = recording.record(now=at(60))
    assert first == len([one for one in widgets.active("wall") if not one.permission])
    assert recording.record(now=at(59)) == 0, "nothing has happened"
    happen()
    assert recording.record(now=at(58)) == 0, "nothing looks different"
    Complaint.objects.filter(pk=report.pk).update(state="in_progress")
    assert recording.record(now=at(57)) == 0, "nobody told of it"
    happen()
    changed = recording.record(now=at(56))
    assert 0 < changed < first
    assert set(Moment.objects.filter(at=at(56)).values_list("key", flat=True)) >= {
        "complaints.Waiting", "complaints.Handled",
    }  # fmt: skip
    happen()
    assert recording.record(now=at(56)) == 0, "twice in a minute is once"


def test_it_shows_the_last_state_at_or_before_the_minute(report: Complaint) -> None:
    recording.record(now=at(60))
    before = past.state_at(at(60))["complaints.Waiting"]
    Complaint.objects.filter(pk=report.pk).update(state="in_progress")
    happen()
    recording.record(now=at(30))
    after = past.state_at(at(30))["complaints.Waiting"]
    assert before != after
    for minutes, shown in ((60, before), (45, before), (31, before), (30, after), (0, after)):
        assert past.state_at(at(minutes))["complaints.Waiting"] == shown, minutes
    assert past.state_at(at(61)) == {}
    assert past.neighbours(at(31)) == (None, at(30))
    assert past.neighbours(at(0)) == (at(60), None)


def test_a_day_is_kept_and_what_still_holds_is_not_forgotten(report: Complaint) -> None:
    recording.record(now=at(30 * 60))
    keys = set(Moment.objects.values_list("key", flat=True))
    Complaint.objects.filter(pk=report.pk).update(state="in_progress")
    happen()
    recording.record(now=at(26 * 60))
    Complaint.objects.filter(pk=report.pk).update(state="dispositioned")
    happen()
    recording.record(now=at(0))
    state = past.state_at(at(24 * 60))
    assert set(state) == keys, "a tile that was last drawn 30 hours ago is there"
    waiting = Moment.objects.filter(key="complaints.Waiting").values_list("at", flat=True)
    assert sorted(waiting) == [at(26 * 60), at(0)], "what had been replaced is forgotten"


def test_no_person_is_in_it_and_a_tile_that_asks_for_a_right_is_not_kept(
    report: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widgets.find("complaints.Waiting").__class__, "permission", "complaints.x")
    recording.record(now=NOW)
    assert not Moment.objects.filter(key="complaints.Waiting").exists()
    assert all(CANARY not in zlib.decompress(row.html).decode() for row in Moment.objects.all())


def test_the_page_works_by_address_alone_and_says_that_it_is_the_past(
    report: Complaint, client_for: Callable, leader: object, in_region: Region, make_user: Callable
) -> None:
    recording.record(now=at(60))
    Complaint.objects.filter(pk=report.pk).update(state="in_progress")
    happen()
    recording.record(now=at(30))
    client = client_for(in_region, leader)
    asked = f"{timezone.localtime(at(40)):%Y-%m-%dT%H:%M}"
    for _again in range(2):
        page = client.get(PAGE, {"at": asked})
    shown = page.content.decode()
    kept = Moment.objects.get(key="complaints.Waiting", at=at(60))
    assert zlib.decompress(kept.html).decode().strip() in shown
    assert "data-live=" not in shown, "the past must not move"
    assert page.context["after"] == at(30)
    assert f"?at={timezone.localtime(at(30)):%Y-%m-%dT%H:%M}" in shown
    assert page.context["before"] is None
    looks = Entry.objects.filter(action="liveroom.past_viewed", actor_uuid=leader.uuid)
    assert [row.target for row in looks] == [f"{timezone.localtime(at(40)):%Y-%m-%dT%H}"]
    assert client.get(PAGE, {"at": "yesterday"}).status_code == 422
    assert client.get(PAGE, {"at": "1999-01-01T00:00"}).context["at"] > at(24 * 60)
    assert client_for(in_region, make_user("officer")).get(PAGE).status_code == 403


@pytest.mark.soak
def test_how_many_bytes_a_day_takes(report: Complaint, crowd: Callable) -> None:
    """A busy day: something changes in every minute. Rows of changed tiles against whole walls."""
    crowd(40, days=3)
    whole, minutes = 0, int(os.environ.get("BALAI_MINUTES", "240"))
    for minute in range(minutes, 0, -1):
        state = "in_progress" if minute % 2 else "dispositioned"
        Complaint.objects.filter(pk=report.pk).update(state=state)
        happen()
        recording.record(now=at(minute))
        wall = "".join(past.state_at(at(minute)).values())
        whole += len(zlib.compress(wall.encode(), recording.LEVEL))
    sizes = [len(row.html) for row in Moment.objects.all()]
    tiles, walls = (n / minutes * 24 * 60 for n in (sum(sizes), whole))
    assert tiles < walls / 2, f"{len(sizes) / minutes:.1f} rows a minute, {tiles:,.0f} bytes a day"
