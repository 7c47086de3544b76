"""One open page: what waits to be written to it, and the writing."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from balai.live.counts import COUNTS
from balai.live.tokens import Ticket

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LIMIT: Final = 64
HEARTBEAT_SECONDS: Final = 15.0
RESYNC: Final = b"event: resync\ndata: {}\n\n"
RENEW: Final = b"event: renew\ndata: {}\n\n"
HEARTBEAT: Final = b": still here\n\n"
OPENING: Final = b"retry: 3000\n: open\n\n"


class Stream:
    """A bounded queue towards one browser. A page too slow for it is told to start afresh."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self._frames: deque[bytes] = deque()
        self._something = asyncio.Event()
        self._closing = False

    def tell(self, topic: str, event_id: int) -> None:
        """Queue one event."""
        if len(self._frames) >= LIMIT:
            self.resync()
            return
        data = json.dumps({"topic": topic, "id": event_id}, separators=(",", ":"))
        head = f"id: {event_id}\n" if event_id else ""
        self._push(f"{head}data: {data}\n\n".encode())
        COUNTS.delivered += 1

    def resync(self) -> None:
        """Drop what waits and tell the page to fetch everything."""
        self._frames.clear()
        self._push(RESYNC)
        COUNTS.resyncs += 1

    def close(self, last: bytes = RENEW) -> None:
        """Say ``last`` and end; the page comes back with a new token if it may."""
        self._push(last)
        self._closing = True

    def _push(self, frame: bytes) -> None:
        self._frames.append(frame)
        self._something.set()

    async def run(self, receive: Receive, send: Send) -> None:
        """Write until the browser leaves or :meth:`close` was called."""
        gone = asyncio.create_task(self._until_gone(receive))
        try:
            self._frames.appendleft(OPENING)
            self._something.set()
            while not gone.done():
                frames = await self._next()
                await send({"type": "http.response.body", "body": frames, "more_body": True})
                if self._closing and not self._frames:
                    break
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await self._something.wait()
        except TimeoutError:
            return HEARTBEAT
        self._something.clear()
        frames = b"".join(self._frames)
        self._frames.clear()
        return frames

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._closing = True
        self._something.set()
