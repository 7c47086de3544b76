"""The event hub: an ASGI application that needs no database query and no thread a page."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from balai import listen, signing
from balai.context import MAIN_CELL
from balai.listen import LIVE_CHANNEL
from balai.live import tokens
from balai.live.counts import COUNTS
from balai.live.listener import Listener
from balai.live.stream import Receive, Send, Stream
from balai.live.switchboard import Switchboard

log = structlog.get_logger(__name__)

PATH: Final = "/live/"
MAX_STREAMS: Final = 5000
EVERYTHING: Final = "*"
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"vary", b"Host"),
]


class Hub:
    """Streams of events at ``/live/?token=...``, for all regions, one process's share of them.

    A notice is {schema, topic, id}: the page fetches what changed and is authorised there.
    """

    def __init__(self) -> None:
        self.board = Switchboard()
        self._listening: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin to listen; call it inside the event loop."""
        COUNTS.running = True
        self._follow_cells()

    def stop(self) -> None:
        """End every stream and stop listening."""
        self.board.close()
        for listening in self._listening.values():
            listening.cancel()
        self._listening.clear()
        COUNTS.running = COUNTS.listening = False

    def heard(self, channel: str, payload: str) -> None:
        """Pass a notice on to the pages, or to the handler of its channel."""
        if channel == LIVE_CHANNEL:
            notice = listen.parse(payload)
            if {"schema", "topic", "id"} <= notice.keys():
                self.board.dispatch(notice["schema"], notice["topic"], notice["id"])
            return
        if payload == EVERYTHING:
            self._follow_cells()
        if import_string(settings.NOTIFY_HANDLERS[channel])(payload):
            self.board.close("" if payload == EVERYTHING else payload)

    def _follow_cells(self) -> None:
        """Listen in every cell, also in one that was added meanwhile: once each."""
        for cell in listen.cells():
            if cell in self._listening:
                continue
            main = cell == MAIN_CELL
            listener = Listener(
                [LIVE_CHANNEL, *settings.NOTIFY_HANDLERS],
                heard=self.heard,
                lost=self._lost if main else lambda: None,
                restored=self._restored if main else self._cell_restored,
                cell=cell,
            )
            self._listening[cell] = asyncio.create_task(listener.run())

    def _cell_restored(self) -> None:
        # What its regions said meanwhile was missed; the directory's own word was not.
        for path in settings.NOTIFY_HANDLERS.values():
            import_string(path)(EVERYTHING)
        self.board.forget()

    def _lost(self) -> None:
        COUNTS.listening = False
        import_string(settings.LISTENING_LOST)()

    def _restored(self) -> None:
        COUNTS.listening = True
        import_string(settings.LISTENING_RESTORED)()
        self.board.forget()

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request for a stream."""
        if scope["path"] != PATH or scope["method"] != "GET":
            await refuse(send, 404 if scope["path"] != PATH else 405)
            return
        query = {name: values[0] for name, values in parse_qs(_text(scope["query_string"])).items()}
        headers = {_text(name): _text(value) for name, value in scope["headers"]}
        try:
            ticket = tokens.read(query.get("token", ""), host=headers.get("host", ""))
        except signing.BadSignature:
            await refuse(send, 403)
            return
        if COUNTS.streams >= MAX_STREAMS:
            await refuse(send, 503)
            return
        stream = Stream(ticket)
        self._catch_up(stream, query | headers)
        self.board.add(stream)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await stream.run(receive, send)
        finally:
            self.board.remove(stream)

    def _catch_up(self, stream: Stream, asked: Mapping[str, str]) -> None:
        """Queue what the page missed: since its last event, or since it began to load."""
        last = asked.get("last-event-id") or asked.get("last", "")
        age = asked.get("age", "")
        if last.isdigit():
            missed = self.board.missed_after(stream.ticket, int(last))
        elif age.isdigit():
            missed = self.board.missed_within(stream.ticket, int(age) / 1000)
        else:
            return
        if missed is None:
            stream.resync()
        for item in missed or ():
            stream.tell(item.topic, item.id)


async def refuse(send: Send, status: int) -> None:
    """Answer without a stream."""
    COUNTS.refused += 1
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    if status == 503:
        headers.append((b"retry-after", b"10"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _text(value: bytes) -> str:
    return value.decode("latin-1")
