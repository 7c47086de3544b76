"""Calls as a list, one by one, their numbers, and wishes to read what is sealed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from balai.directory.models import Agency
from modules.emergency.models import Call
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType

HERE = (-6.1783, 106.6319)
START = "/desk/emergency/take/"
CALLS = "/desk/emergency/calls/"
NUMBER = "0812-7777-0112"


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    """Return a function that gives somebody's client."""
    return lambda user: client_for(in_region, user)


def test_a_number_is_masked_and_its_reading_is_written_down(
    at: Callable, told: Callable[..., Told], taker, supervisor, violence, make_user
) -> None:
    call = take(told=told(number=NUMBER, name="Siti"), taker=taker)
    page = f"{CALLS}{call.uuid}/"
    client = at(taker)
    assert "62812•••••112" in client.get(page).content.decode()
    shown = client.post(f"{page}number/").content.decode()
    assert "tel:+6281277770112" in shown
    row = AuditEntry.objects.get(action="emergency.number_read")
    assert (row.target, row.actor_uuid) == (str(call.uuid), taker.uuid)
    assert taker.label in client.get(page).content.decode().split('id="h-caller"')[1]
    assert at(make_user("call_taker")).get(page).status_code == 404
    boss = at(supervisor)
    assert boss.get(page).status_code == 200
    sealed = take(told=told(number=NUMBER, name="KANARI", category=violence), taker=taker)
    shut = boss.get(f"{CALLS}{sealed.uuid}/").content.decode()
    assert "KANARI" not in shut
    assert f"/sealed/{sealed.incident.uuid}/ask/" in shut
    assert boss.post(f"{CALLS}{sealed.uuid}/number/").status_code == 403
    for role in ("dispatcher", "crew", "auditor", "liaison"):
        status = at(make_user(role)).get(page).status_code
        assert status == (404 if role == "dispatcher" else 403)


def test_the_list_pages_filters_searches_and_costs_the_same(
    at: Callable, told: Callable[..., Told], taker, violence, django_assert_num_queries
) -> None:
    client = at(taker)
    now = timezone.now()

    def add(**fields: object) -> Call:
        return take(told=told(**fields), taker=taker)

    add(answered_at=now, name="Siti", address="Jalan Merdeka")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(CALLS)
        # What is shared by all regions is read anew every few seconds, whatever the page.
        return sum('"shared"' not in query["sql"] for query in seen.captured_queries)

    client.get(CALLS)
    one = queries()
    for minutes in (1, 2):
        add(answered_at=now - timedelta(minutes=minutes), number=NUMBER)
    assert queries() == one
    add(answered_at=now, category=violence, name="KANARI", address="Jalan KANARI", number=NUMBER)
    for minutes in range(3, 30):
        add(answered_at=now - timedelta(minutes=minutes), kind=CallType.GHOST, category=None)
    page = client.get(CALLS).content.decode()
    assert "KANARI" not in page
    assert page.count("data-row ") == 25
    older = page.split("?after=")[1].split('"')[0]
    assert client.get(f"{CALLS}?after={older}").content.decode().count("data-row ") == 6
    assert client.get(f"{CALLS}?type=ghost&after=kacau").content.decode().count("data-row ") == 25

    def hits(words: str) -> int:
        return client.post(CALLS, {"words": words}).content.decode().count("data-row ")

    assert [hits(words) for words in ("Siti", "merdeka", NUMBER, "KANARI", "tidak ada")] == [
        1, 1, 3, 0, 0,
    ]  # fmt: skip


def test_wishes_to_read_what_is_sealed_by_pages(
    at: Callable, told: Callable[..., Told], taker, violence, dispatcher, supervisor, make_user
) -> None:
    incident = take(told=told(category=violence, text="KANARI"), taker=taker).incident
    base = "/desk/emergency/sealed/"
    asker, boss = at(dispatcher), at(supervisor)
    other = make_user("liaison", Agency.objects.order_by("pk").last())
    assert at(other).get(f"{base}{incident.uuid}/ask/").status_code == 404, "not their agency's"
    assert asker.post(f"{base}{incident.uuid}/ask/", {"reason": " "}).status_code == 422
    asker.post(f"{base}{incident.uuid}/ask/", {"reason": "Alamat untuk patroli"})
    assert "Alamat untuk patroli" in asker.get(base).content.decode()
    assert "Alamat untuk patroli" not in at(make_user("dispatcher")).get(base).content.decode()
    listed = boss.get(base).content.decode()
    assert "Alamat untuk patroli" in listed
    assert "KANARI" not in listed
    assert ">1<" in boss.get(f"{base}badge/").content.decode()
    assert ">1<" not in asker.get(f"{base}badge/").content.decode()
    decide = f"{base}{incident.uuid}/{dispatcher.uuid}/"
    assert asker.post(decide, {"do": "grant"}).status_code == 403
    assert boss.post(decide, {"do": "grant"}).status_code == 302
    assert boss.post(decide, {"do": "grant"}).status_code == 404
    assert incident.number in asker.get(f"{base}rows/").content.decode()
    assert asker.post(decide, {"do": "revoke"}).status_code == 302
    assert boss.post(decide, {"do": "revoke"}).status_code == 404
