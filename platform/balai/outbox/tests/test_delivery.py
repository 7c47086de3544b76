"""Delivering: each receiver once, alone, in one transaction with its effects."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from balai import context, outbox
from balai.modules import events
from balai.outbox import claims, delivery
from balai.outbox.models import Delivery, Event
from tests.dummy.specimen.models import Note

TOPIC = "specimen.tried"


@pytest.fixture
def receivers(monkeypatch):
    """Return a list that stands for the topic's receivers."""
    listed = []
    monkeypatch.setitem(events._receivers, TOPIC, listed)
    return listed


def publish(**payload):
    with transaction.atomic():
        return outbox.publish(TOPIC, **payload)


def good(event):
    Note.objects.create(text=f"good {event.id}")


def test_an_event_sent_five_times_has_one_effect(in_region, receivers):
    receivers.append(good)
    event = publish()
    assert [delivery.deliver(event.pk) for _ in range(5)] == [True, False, False, False, False]
    assert Note.objects.filter(text=f"good {event.pk}").count() == 1


def test_a_failing_receiver_costs_the_others_nothing(in_region, receivers, settings):
    broken = [True]

    def sometimes(event):
        Note.objects.create(text="half done")
        if broken[0]:
            raise ValueError("Budi, Jalan Merdeka 1")

    receivers += [sometimes, good]
    event = publish()
    assert delivery.deliver(event.pk) is False
    event.refresh_from_db()
    # The half of it is undone, the other receiver's work is kept, the error names no person.
    assert not Note.objects.filter(text="half done").exists()
    assert Note.objects.filter(text=f"good {event.pk}").count() == 1
    assert event.last_error.startswith("ValueError in sometimes")
    assert "Budi" not in event.last_error
    assert event.next_attempt_at > timezone.now() + timedelta(seconds=3)
    broken[0] = False
    assert delivery.deliver(event.pk) is True
    assert Note.objects.filter(text="half done").count() == 1
    assert Note.objects.filter(text=f"good {event.pk}").count() == 1
    assert Delivery.objects.filter(event=event).count() == 2


def test_a_hopeless_event_becomes_a_dead_letter(in_region, receivers, settings):
    settings.OUTBOX_MAX_ATTEMPTS = 3

    def hopeless(event):
        raise ValueError

    receivers.append(hopeless)
    event = publish()
    for _ in range(5):
        delivery.deliver(event.pk)
    event.refresh_from_db()
    assert event.attempts == 3
    assert event.next_attempt_at is None
    assert event.done_at is None
    assert claims.claim() == []


def test_an_event_that_ends_its_workers_is_buried(in_region, receivers, settings):
    settings.OUTBOX_MAX_ATTEMPTS = 2
    event = publish()
    # Each worker counted the attempt and then was gone.
    Event.objects.filter(pk=event.pk).update(attempts=2, next_attempt_at=timezone.now())
    assert claims.claim() == []
    assert claims.bury() == 1
    event.refresh_from_db()
    assert event.next_attempt_at is None
    assert event.last_error


def test_a_receiver_of_a_module_that_is_off_is_skipped(region, receivers):
    from dataclasses import replace

    receivers.append(good)
    without = replace(region, active_modules=region.active_modules - {"specimen"})
    good.__module__ = "tests.dummy.specimen.receivers"
    try:
        with context.region_context(without):
            event = publish()
            assert delivery.deliver(event.pk) is True
            assert not Note.objects.filter(text=f"good {event.pk}").exists()
    finally:
        good.__module__ = __name__


def test_two_workers_with_one_event_do_not_wait_for_each_other(cities, receivers):
    """The second leaves an event alone that the first holds, and cannot mark it done."""
    with context.region_context(cities.here):
        event = publish()

        def slow(told):
            good(told)
            other_worker = connection.copy()
            with closing(other_worker), other_worker.cursor() as cursor:
                cursor.execute(delivery.BEGIN, [told.id])
                assert cursor.fetchone() is None
                # Nor does the sweeper send it again, however late it is.
                cursor.execute(
                    "SELECT id FROM outbox_event WHERE done_at IS NULL FOR UPDATE SKIP LOCKED"
                )
                assert cursor.fetchall() == []

        receivers.append(slow)
        assert delivery.deliver(event.pk) is True
        assert Note.objects.filter(text=f"good {event.pk}").count() == 1


def test_a_claim_takes_no_more_than_the_window(in_region, receivers):
    receivers.append(good)
    for _ in range(claims.WINDOW + 5):
        publish()
    first = claims.claim()
    assert len(first) == claims.WINDOW
    assert claims.claim() == []
    assert claims.waiting()
    for item in first[:3]:
        delivery.deliver(item.id)
    assert len(claims.claim()) == 3


def test_a_sent_event_that_nobody_finished_is_sent_again_ever_later(in_region, receivers):
    event = publish()
    pauses = []
    for _ in range(4):
        assert [item.id for item in claims.claim()] == [event.pk]
        event.refresh_from_db()
        pauses.append((event.next_attempt_at - event.sent_at).total_seconds())
        late = timedelta(seconds=pauses[-1])
        Event.objects.filter(pk=event.pk).update(
            sent_at=event.sent_at - late, next_attempt_at=event.next_attempt_at - late
        )
    assert pauses[0] == pytest.approx(10, abs=0.1)
    assert pauses[1:] == pytest.approx([20, 40, 80], abs=3)


def test_an_event_for_later_is_not_claimed_now(in_region, receivers):
    from balai.outbox import services

    services.publish(TOPIC, payload={}, not_before=timezone.now() + timedelta(hours=1))
    assert claims.claim() == []
    assert not claims.waiting()


def test_old_events_are_forgotten_and_dead_letters_are_not(in_region, receivers):
    from balai.outbox.tasks import forget_old

    receivers.append(good)
    done, dead, young = publish(), publish(), publish()
    for event in (done, young):
        delivery.deliver(event.pk)
    long_ago = timezone.now() - timedelta(days=30)
    Event.objects.filter(pk=done.pk).update(done_at=long_ago)
    Event.objects.filter(pk=dead.pk).update(created_at=long_ago, next_attempt_at=None)
    forget_old()
    left = set(Event.objects.values_list("pk", flat=True))
    assert {dead.pk, young.pk} <= left
    assert done.pk not in left
