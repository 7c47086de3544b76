"""Streams on two real web processes: everything to the right city, nothing to the other."""

import asyncio
import os

import pytest
from django.db import connection, transaction

from balai import context, outbox
from tenants import directory
from tests.support import streams
from tests.support.stack import Stack

TOPIC = "specimen.note_written"
STREAMS = 500 if os.environ.get("BALAI_SOAK") else 100


def tell(slug: str, count: int = 1) -> list[int]:
    """Commit events in a city, each in a transaction of its own; return their numbers."""
    region = directory.by_schema(f"r_{slug}")
    assert region is not None
    numbers = []
    with context.region_context(region):
        for _ in range(count):
            with transaction.atomic():
                numbers.append(outbox.publish(TOPIC, note=0).pk)
    return numbers


def host(stack: Stack, slug: str) -> str:
    return f"{slug}.localhost:{stack.port}"


async def open_streams(stack: Stack, slug: str, count: int, **since: object) -> list[streams.Heard]:
    place = host(stack, slug)
    ticket = await streams.token(stack.port, place, [TOPIC])
    return list(
        await asyncio.gather(
            *(streams.listen(stack.port, place, ticket, **since) for _ in range(count))
        )
    )


def close(*groups: list[streams.Heard]) -> None:
    for group in groups:
        for heard in group:
            heard.close()


def test_l05_streams_of_two_cities_get_their_own_events_and_no_others(stack: Stack) -> None:
    events = 10

    async def scenario() -> None:
        here = await open_streams(stack, "tangerang", STREAMS // 2)
        there = await open_streams(stack, "purworejo", STREAMS // 2)
        mine = await asyncio.to_thread(in_thread, tell, "tangerang", events)
        theirs = await asyncio.to_thread(in_thread, tell, "purworejo", 3)
        await streams.until(lambda: all(len(heard.events) >= events for heard in here))
        await streams.until(lambda: all(len(heard.events) >= 3 for heard in there))
        assert [heard.ids for heard in here] == [mine] * len(here)
        assert [heard.ids for heard in there] == [theirs] * len(there)
        close(here, there)

    asyncio.run(scenario())
    assert sessions("balai live") == 2


def test_what_was_missed_is_told_after_the_last_event(stack: Stack) -> None:
    async def scenario() -> None:
        first = (await open_streams(stack, "tangerang", 1))[0]
        seen = await asyncio.to_thread(in_thread, tell, "tangerang", 1)
        assert await streams.until(lambda: first.ids == seen)
        first.close()
        missed = await asyncio.to_thread(in_thread, tell, "tangerang", 4)
        # Enough of them that both processes answer.
        again = await open_streams(stack, "tangerang", 8, last=seen[0])
        assert await streams.until(lambda: all(heard.ids == missed for heard in again))
        assert sum(heard.resyncs for heard in again) == 0
        close(again)

    asyncio.run(scenario())


def test_what_happened_while_the_page_loaded_is_told(stack: Stack) -> None:
    async def scenario() -> None:
        await asyncio.sleep(4)  # further back than the page's age: what other tests told
        loop = asyncio.get_running_loop()
        began = loop.time()
        during = await asyncio.to_thread(in_thread, tell, "purworejo", 2)
        age = int((loop.time() - began) * 1000) + 1000
        heard = await open_streams(stack, "purworejo", 8, age=age)
        assert await streams.until(lambda: all(one.ids == during for one in heard))
        close(heard)

    asyncio.run(scenario())


def test_an_event_that_nobody_remembers_means_a_fresh_start(stack: Stack) -> None:
    async def scenario() -> None:
        heard = await open_streams(stack, "tangerang", 4, last=999_999_999)
        assert await streams.until(lambda: all(one.resyncs == 1 for one in heard))
        close(heard)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("slug", "change"),
    [
        ("purworejo", lambda ticket: ticket),
        ("purworejo", lambda ticket: ticket.replace("r_tangerang", "r_purworejo")),
        ("tangerang", lambda ticket: ticket[:-2] + "aa"),
        ("tangerang", lambda _: ""),
        ("tangerang", lambda _: "shared~x"),
    ],
)
def test_i09_a_ticket_of_one_city_opens_nothing_in_another(stack: Stack, slug, change) -> None:
    async def scenario() -> int:
        ticket = await streams.token(stack.port, host(stack, "tangerang"), [TOPIC])
        status, _ = await streams.get(
            stack.port, host(stack, slug), f"/live/?token={change(ticket)}"
        )
        return status

    assert asyncio.run(scenario()) == 403


def test_a_topic_without_a_rule_is_refused(stack: Stack) -> None:
    async def scenario() -> int:
        path = "/live-token/?topic=accounts.anything"
        return (await streams.get(stack.port, host(stack, "tangerang"), path))[0]

    assert asyncio.run(scenario()) == 403


def test_a_lost_listening_connection_comes_back_and_pages_start_afresh(stack: Stack) -> None:
    async def scenario() -> None:
        heard = await open_streams(stack, "tangerang", 10)
        assert await asyncio.to_thread(in_thread, end_sessions, "balai live") == 2
        assert await streams.until(lambda: all(one.resyncs == 1 for one in heard))
        assert await streams.until(lambda: sessions_in_thread("balai live") == 2)
        numbers = await asyncio.to_thread(in_thread, tell, "tangerang", 3)
        assert await streams.until(lambda: all(one.ids == numbers for one in heard))
        close(heard)

    asyncio.run(scenario())


def test_a_switched_module_makes_pages_ask_again(stack: Stack) -> None:
    from tenants.models import ModuleSwitch

    def switch(on: bool) -> None:
        with context.platform():
            for row in ModuleSwitch.objects.filter(region__slug="purworejo", slug="specimen"):
                row.enabled = on
                row.save()

    async def scenario() -> None:
        heard = await open_streams(stack, "purworejo", 6)
        bystander = (await open_streams(stack, "tangerang", 1))[0]
        await asyncio.to_thread(in_thread, switch, False)
        try:
            assert await streams.until(lambda: all(one.renewed and one.ended for one in heard))
            assert not bystander.ended
            path = f"/live-token/?topic={TOPIC}"
            assert (await streams.get(stack.port, host(stack, "purworejo"), path))[0] == 403
        finally:
            await asyncio.to_thread(in_thread, switch, True)
        bystander.close()

    asyncio.run(scenario())


def in_thread(function, *values):
    """Run database work off the event loop and close the thread's connection after it."""
    try:
        return function(*values)
    finally:
        connection.close()


def sessions(name: str) -> int:
    """Return how many sessions of this database carry ``name``."""
    with context.platform(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            [name],
        )
        return cursor.fetchone()[0]


def sessions_in_thread(name: str) -> int:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(in_thread, sessions, name).result()


def end_sessions(name: str) -> int:
    """End the sessions that carry ``name``, as a failover does; return how many it were."""
    with context.platform(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            [name],
        )
        return cursor.fetchone()[0]
