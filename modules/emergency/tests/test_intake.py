"""A call is stored once, noise costs a line, and nobody's number lies open."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from balai.outbox.models import Event
from modules.emergency import callers, topics
from modules.emergency.models import Call, Category, Draft, Incident
from modules.emergency.services.intake import Told, take, take_noise
from modules.emergency.states import NOISE, CallType, State

NUMBER = "0812-3456-7890"


def test_an_emergency_is_on_the_board_with_its_moments(told: Callable[..., Told], taker) -> None:
    call = take(told=told(number=NUMBER, casualties=2), taker=taker)
    incident = call.incident
    assert incident is not None
    assert incident.state == State.QUEUED
    assert incident.number.startswith("112-TNG-")
    assert [row.what for row in incident.stamps.all()] == ["taken", "queued"]
    assert Event.objects.filter(topic=topics.TAKEN, key=str(incident.uuid)).count() == 1


@pytest.mark.parametrize("kind", NOISE)
def test_noise_is_one_row(kind: CallType, told: Callable[..., Told], taker) -> None:
    before = Incident.objects.count()
    call = take(told=told(kind=kind, category=None), taker=taker)
    assert call.incident is None
    assert Incident.objects.count() == before


def test_much_noise_at_once_is_as_noise_one_by_one(told: Callable[..., Told], taker) -> None:
    forms = [told(kind=kind, category=None, number=NUMBER) for kind in NOISE]
    take(told=forms[0], taker=taker)
    calls = [(form, form.answered_at) for form in forms]
    assert take_noise(calls=calls, taker=taker) == len(NOISE)
    rows = Call.objects.filter(key__in=[form.key for form in forms])
    assert sorted(row.kind for row in rows) == sorted(NOISE)
    assert {bytes(row.caller_hash) for row in rows} == {callers.hashed(NUMBER)}
    assert {row.taker for row in rows} == {taker}
    assert Event.objects.filter(topic=topics.NOISE).count() == 2
    with pytest.raises(ValueError, match="one by one"):
        take_noise(calls=[(told(), told().answered_at)], taker=taker)


def test_a_form_sent_twice_is_one_incident(told: Callable[..., Told], taker) -> None:
    form = told()
    first, second = take(told=form, taker=taker), take(told=form, taker=taker)
    assert first.pk == second.pk
    assert Incident.objects.filter(calls=first).count() == 1
    assert Event.objects.filter(topic=topics.TAKEN).count() == 1


def test_a_second_caller_joins_the_open_incident(told: Callable[..., Told], taker) -> None:
    first = take(told=told(), taker=taker).incident
    again = take(told=told(joins=first, text="Api makin besar"), taker=taker)
    assert again.incident == first
    assert first.calls.count() == 2
    assert first.stamps.filter(what="called_again").count() == 1


def test_an_incident_that_ended_is_not_joined(
    told: Callable[..., Told], taker, incident: Incident
) -> None:
    Incident.objects.filter(pk=incident.pk).update(state=State.CLOSED)
    again = take(told=told(joins=incident), taker=taker)
    assert again.incident is not None
    assert again.incident != incident


def test_an_emergency_without_a_category_is_an_error(told: Callable[..., Told], taker) -> None:
    with pytest.raises(ValueError, match="category"):
        take(told=told(category=None), taker=taker)


def test_a_draft_is_gone_once_its_call_is_stored(told: Callable[..., Told], taker) -> None:
    form = told()
    Draft.objects.create(key=form.key, taker=taker, sealed=b"x")
    take(told=form, taker=taker)
    assert not Draft.objects.filter(key=form.key).exists()


def test_numbers_are_sealed_hashed_and_masked(told: Callable[..., Told], taker) -> None:
    call = take(told=told(number=NUMBER), taker=taker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM emergency_call c WHERE id = %s", [call.pk])
        assert "3456" not in cursor.fetchone()[0]
    call.refresh_from_db()
    assert callers.read(call.caller) == "6281234567890"
    assert bytes(call.caller_hash) == callers.hashed("+62 812 3456 7890")
    assert callers.masked("6281234567890") == "62812•••••890"


def test_a_withheld_number_has_no_history(told: Callable[..., Told], taker) -> None:
    call = take(told=told(number=""), taker=taker)
    assert (call.caller, call.caller_hash) == (None, None)


def test_a_sealed_category_seals_the_incident(
    told: Callable[..., Told], taker, violence: Category
) -> None:
    call = take(told=told(category=violence), taker=taker)
    assert call.incident is not None
    assert call.incident.sealed


def test_numbers_follow_one_another(told: Callable[..., Told], taker) -> None:
    serials = [int(take(told=told(), taker=taker).incident.number[-5:]) for _ in range(3)]
    assert serials == [serials[0], serials[0] + 1, serials[0] + 2]


def test_events_carry_ids_only(told: Callable[..., Told], taker) -> None:
    take(told=told(key=uuid.uuid4(), number=NUMBER, name="Siti", text="KANARI"), taker=taker)
    kept = str(list(Event.objects.values_list("payload", flat=True)))
    assert "KANARI" not in kept
    assert "Siti" not in kept
    assert Call.objects.latest("pk").name == "Siti"
