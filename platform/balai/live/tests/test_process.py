"""The web process around Django and the hub: bodies, headers, the end."""

import asyncio
import signal
import time

import pytest
from a2wsgi import WSGIMiddleware

from balai.live import tokens
from balai.live.stream import LIMIT, RESYNC, Stream
from balai.live.switchboard import REMEMBERED, Switchboard
from tests.support import streams
from tests.support.stack import Stack

TOPIC = "specimen.note_written"
TICKET = tokens.Ticket("r_a", "a.localhost", frozenset({"a.b"}))


def test_a_body_that_breaks_off_is_an_error_and_never_half_a_report() -> None:
    from balai.asgi import ClientLeft, _whole

    read = []

    def application(environ, start_response):
        read.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b"stored"]

    messages = [
        {"type": "http.request", "body": b"text=Lampu+jal", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pytest.fail(f"answered: {message}")

    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": [],
        "http_version": "1.1",
    }  # fmt: skip
    with pytest.raises(ClientLeft):
        asyncio.run(WSGIMiddleware(application)(scope, _whole(receive), send))
    assert read == []


def test_a_header_with_an_underscore_is_not_mistaken_for_another(stack: Stack) -> None:
    async def ask(name: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", stack.port)
        writer.write(
            f"GET /healthz HTTP/1.1\r\nHost: localhost:{stack.port}\r\n{name}: meant-as-id\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        raw = await reader.read()
        writer.close()
        return raw

    assert b"meant-as-id" not in asyncio.run(ask("X_Request_ID"))


def test_a_process_told_to_stop_ends_its_streams_and_goes_at_once(stack: Stack) -> None:
    async def scenario() -> list[streams.Heard]:
        host = f"tangerang.localhost:{stack.port}"
        ticket = await streams.token(stack.port, host, [TOPIC])
        heard = [await streams.listen(stack.port, host, ticket) for _ in range(12)]
        began = time.monotonic()
        for name in ("web-1", "web-2"):
            stack.running[name].send_signal(signal.SIGTERM)
        for name in ("web-1", "web-2"):
            await asyncio.to_thread(stack.running[name].wait, 10)
        assert time.monotonic() - began < 4
        await streams.until(lambda: all(one.ended for one in heard))
        return heard

    try:
        heard = asyncio.run(scenario())
        assert all(one.renewed for one in heard)
    finally:
        for name in ("web-1", "web-2"):
            del stack.running[name]
            stack.start(name)


def test_a_page_that_is_too_slow_is_told_to_start_afresh() -> None:
    async def scenario() -> bytes:
        stream = Stream(TICKET)
        for number in range(LIMIT + 1):
            stream.tell("a.b", number)
        return b"".join(stream._frames)

    assert asyncio.run(scenario()) == RESYNC


def test_a_ring_that_has_overflowed_says_that_it_does_not_know() -> None:
    board = Switchboard()
    board._complete_since -= 100
    for number in range(1, REMEMBERED + 1):
        board.dispatch("r_a", "a.b", number)
    assert [item.id for item in board.missed_after(TICKET, REMEMBERED - 2) or ()] == [255, 256]
    board.dispatch("r_a", "a.b", REMEMBERED + 1)
    assert board.missed_after(TICKET, 1) is None
    assert board.missed_within(TICKET, 50) is None
    assert board.missed_after(tokens.Ticket("r_b", "", TICKET.topics), 5) is None


def test_what_was_missed_is_told_in_the_order_of_commits() -> None:
    board = Switchboard()
    for number in (5, 3, 9, 4):
        board.dispatch("r_a", "a.b", number)
    assert [item.id for item in board.missed_after(TICKET, 3) or ()] == [9, 4]
