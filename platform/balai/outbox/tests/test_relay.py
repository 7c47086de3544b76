"""The relay in this process: fair, and able to do without a broker."""

import pytest
from django.db import transaction

from balai import context, outbox
from balai.modules import events
from balai.outbox import claims, tasks
from balai.outbox.models import Event
from balai.outbox.relay import Relay
from balai.outbox.rounds import Rounds
from tests.dummy.specimen.models import Note

TOPIC = "specimen.tried"


@pytest.fixture
def receivers(monkeypatch):
    """Return a list that stands for the topic's receivers."""
    listed = []
    monkeypatch.setitem(events._receivers, TOPIC, listed)
    return listed


@pytest.fixture
def relay(monkeypatch):
    """Return a relay that sweeps often and whose connections are closed after the test."""
    monkeypatch.setattr("balai.outbox.relay.SWEEP_SECONDS", 0.05)
    made = Relay()
    yield made
    made._forget_connections()


def publish(city, count=1):
    with context.region_context(city), transaction.atomic():
        return [outbox.publish(TOPIC).pk for _ in range(count)]


def test_a_ring_gives_everybody_a_turn_before_anybody_a_second():
    ring = Rounds()
    ring.add(["a", "b", "a", "c"])
    taken = []
    for _ in range(5):
        name = ring.take()
        taken.append(name)
        ring.add(["a"])
    assert taken == ["a", "b", "c", "a", "a"]


def test_l03_one_job_of_b_is_sent_within_ten_turns_of_a_s_thousand(
    cities, receivers, relay, monkeypatch
):
    """Measured at the broker's door: what was sent before B's event came through."""
    receivers.append(lambda event: None)
    sent = []
    monkeypatch.setattr(
        tasks.deliver, "apply_async", lambda *args, **kwargs: sent.append(context.schema())
    )
    publish(cities.here, 1000)
    relay.turn()
    publish(cities.there)
    for _ in range(10):
        relay.turn()
    assert cities.there.schema in sent
    # And the thousand do not fill the queue: B's worker time comes after a window, not after all.
    assert sent.index(cities.there.schema) <= claims.WINDOW


def test_without_a_broker_the_relay_delivers_by_itself(cities, receivers, relay, monkeypatch):
    def no_broker(*args, **kwargs):
        raise ConnectionError

    receivers.append(lambda event: Note.objects.create(text=f"told {event.id}"))
    monkeypatch.setattr(tasks.deliver, "apply_async", no_broker)
    numbers = publish(cities.here, 40) + publish(cities.there, 3)
    for _ in range(60):
        relay.turn()
    for city, count in ((cities.here, 40), (cities.there, 3)):
        with context.region_context(city):
            assert Note.objects.filter(text__startswith="told").count() == count
            assert not Event.objects.filter(done_at=None).exists()
    assert len(numbers) == 43


def test_events_that_no_code_listens_to_are_done_without_a_worker(
    cities, receivers, relay, monkeypatch
):
    monkeypatch.setattr(tasks.deliver, "apply_async", pytest.fail)
    publish(cities.here, 3)
    for _ in range(5):
        relay.turn()
    with context.region_context(cities.here):
        assert Event.objects.filter(done_at__isnull=False).count() == 3


def test_the_platform_s_own_events_are_served_too(cities, receivers, relay, monkeypatch):
    monkeypatch.setattr(tasks.deliver, "apply_async", pytest.fail)
    with context.platform(), transaction.atomic():
        outbox.publish(TOPIC)
    for _ in range(5):
        relay.turn()
    with context.platform():
        assert not Event.objects.filter(done_at=None).exists()


def test_the_relay_leaves_no_region_active(cities, receivers, relay, monkeypatch):
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda *args, **kwargs: None)
    receivers.append(lambda event: None)
    publish(cities.here)
    relay.turn()
    assert context.current() is None


def test_the_relay_comes_back_after_its_listening_connection_was_killed(cities, receivers, relay):
    import threading
    import time

    receivers.append(lambda event: Note.objects.create(text=f"told {event.id}"))
    relay.sender._broker_back_at = time.monotonic() + 60
    relay.turn()
    relay._ears["main"].close()
    runner = threading.Thread(target=relay.run)
    runner.start()
    try:
        time.sleep(1.0)
        publish(cities.here)
        deadline = time.monotonic() + 5
        with context.region_context(cities.here):
            while not Note.objects.filter(text__startswith="told").exists():
                assert time.monotonic() < deadline
                time.sleep(0.02)
    finally:
        relay.stop()
        runner.join(10)
    assert not runner.is_alive()
