"""Writing events: only with their cause, only plain facts."""

import json
import select

import pytest
from django.db import transaction

from balai import context, listen, outbox
from balai.outbox.models import Event
from balai.outbox.services import NotInTransaction


def test_an_event_outside_a_transaction_is_refused(cities):
    with context.region_context(cities.here), pytest.raises(NotInTransaction):
        outbox.publish("specimen.note_written", note=1)


def test_an_event_without_a_region_is_refused(db):
    with pytest.raises(context.NoRegionError):
        outbox.publish("specimen.note_written", note=1)


@pytest.mark.parametrize("value", [1.5, {"name": "Budi"}, ["a"], object()])
def test_a_payload_is_plain(in_region, value):
    with pytest.raises(TypeError):
        outbox.publish("specimen.note_written", note=value)


def test_a_payload_carries_no_contents(in_region):
    with pytest.raises(ValueError, match="no contents"):
        outbox.publish("specimen.note_written", text="Lampu jalan di depan rumah saya " * 10)


def test_an_event_waits_from_the_database_s_now(in_region):
    event = outbox.publish("specimen.note_written", key="N-1", note=1, urgent=True, by=None)
    event.refresh_from_db()
    assert event.payload == {"note": 1, "urgent": True, "by": None}
    assert event.next_attempt_at is not None
    assert event.done_at is None
    assert event.data().key == "N-1"


def test_i11_listeners_hear_of_a_commit_and_only_of_a_commit(cities):
    region = cities.here
    raw = listen.connect([listen.LIVE_CHANNEL, listen.RELAY_CHANNEL], name="test")
    with context.region_context(region):
        with pytest.raises(RuntimeError), transaction.atomic():
            outbox.publish("specimen.note_written", note=1)
            raise RuntimeError
        assert listen.drain(raw) == []
        with transaction.atomic():
            event = outbox.publish("specimen.note_written", key="rahasia", note=2)
        heard = dict(_wait_for(raw, count=2))
        assert Event.objects.count() == 1
    raw.close()
    assert heard[listen.RELAY_CHANNEL] == region.schema
    # Schema, topic and number: nothing of what happened, not even the key.
    notice = {"schema": region.schema, "topic": "specimen.note_written", "id": event.pk}
    assert json.loads(heard[listen.LIVE_CHANNEL]) == notice


def _wait_for(raw, count):
    heard = []
    while len(heard) < count:
        assert select.select([raw], [], [], 5)[0]
        heard += listen.drain(raw)
    return heard
