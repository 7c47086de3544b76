"""Who is served first: what cannot wait, then everybody else, and nobody in an endless queue.

A city's site is read by a crowd when something happens, which is when its emergency centre has
most to do. So the desk of a module whose manifest says ``urgent``, and what citizens send to it,
has threads of its own. One process runs one thread of Python at a time, so each read that is being
made beside it slows it down: only a few are made at once, which costs a crowd nothing, and none is
begun while something urgent is being worked on. Reads wait at most a moment for that, and when too
many wait, more are turned away at once with a 503 that says when to come back and how to call 112
(requirements L-01 and L-02). Nothing is made for who hangs up meanwhile. What people send is
neither held up nor turned away.
"""

import asyncio
import base64
import hashlib
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import suppress
from typing import Any, Final

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PROBES: Final = frozenset({"/healthz", "/readyz"})
"""Whoever asks these would restart a process that is only busy."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
YIELD_SECONDS: Final = 0.5
"""How long a request waits at most for urgent ones: a slow upload must not hold up a city."""
RETRY_SECONDS: Final = 5
STYLE: Final = """
body { margin: 0 auto; padding: 3rem 1rem; max-width: 32rem; font: 1rem/1.5 system-ui, sans-serif;
  color: #1c1917; background: #faf9f6; text-align: center; }
a { display: inline-block; padding: .75rem 1.25rem; border-radius: .5rem; font-weight: 600;
  color: #fff; background: #b3261e; text-decoration: none; }
"""
BUSY: Final = f"""<!doctype html><html lang="id"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Sedang ramai</title>
<style>{STYLE}</style>
<h1>Situs sedang ramai</h1>
<p>Terlalu banyak orang membuka situs ini. Coba lagi beberapa detik lagi.</p>
<p lang="en">Too many people are opening this site. Please try again in a few seconds.</p>
<p><a href="tel:112">Darurat: telepon 112<br><span lang="en">Emergency: call 112</span></a></p>
</html>
""".encode()
POLICY: Final = b"default-src 'none'; style-src 'sha256-%s'" % base64.b64encode(
    hashlib.sha256(STYLE.encode()).digest()
)


class Lanes:
    """Two lanes into one application.

    Args:
        first, others: the application on threads for urgent requests, and on those for others.
        slugs: of the modules that are urgent.
        cookie: the name of the session's cookie; a desk is urgent for people who are signed in.
        places: how many reads are made at once.
        queue: how many reads may wait before more are turned away.
    """

    def __init__(
        self, first: App, others: App, *, slugs: Sequence[str], cookie: str, places: int, queue: int
    ) -> None:
        self.first, self.others = first, others
        self.desks = tuple(f"/desk/{slug}/" for slug in slugs)
        self.doors = tuple(f"/{slug}/" for slug in slugs)
        self.cookie = f"{cookie}=".encode()
        self.places, self.queue = places, queue
        self.urgent = self.reading = 0
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.patient = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request in its lane."""
        if self.is_first(scope):
            await self._serve_first(scope, receive, send)
        elif scope["method"] not in SAFE:
            await self.others(scope, receive, send)
        elif len(self.waiting) >= self.queue:
            await _turn_away(send)
        else:
            await self._read(scope, receive, send)

    def is_first(self, scope: Scope) -> bool:
        """Tell whether a request goes before others."""
        path: str = scope["path"]
        if path in PROBES:
            return True
        if path.startswith(self.doors):
            return scope["method"] not in SAFE
        return path.startswith(self.desks) and any(
            name == b"cookie" and self.cookie in value for name, value in scope["headers"]
        )

    async def _serve_first(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.urgent += 1
        limit = asyncio.get_running_loop().call_later(YIELD_SECONDS, self._lose_patience)
        try:
            await self.first(scope, receive, send)
        finally:
            limit.cancel()
            self.urgent -= 1
            self.patient = self.patient or not self.urgent
            self.admit()

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = Caller(scope, receive)
        try:
            if await self._wait(caller):
                place = Place(self)
                try:
                    await self.others(scope, caller.receive, place.until_made(send))
                finally:
                    place.leave()
        finally:
            caller.gone.cancel()

    async def _wait(self, caller: "Caller") -> bool:
        """Return once a place is taken for the caller, in the order they came; False if they left.

        In a crowd many give up. A page that is made for somebody who has gone is one less for
        those who stayed.
        """
        turn = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        self.admit()
        try:
            await asyncio.wait((turn, caller.gone), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._give_up(turn)
            raise
        if caller.gone.done():
            self._give_up(turn)
            return False
        return True

    def _give_up(self, turn: asyncio.Future[None]) -> None:
        if turn.done():
            self.reading -= 1
            self.admit()
        else:
            self.waiting.remove(turn)

    def admit(self) -> None:
        """Give free places away, none while something urgent is being worked on."""
        while self.waiting and self.reading < self.places and not (self.urgent and self.patient):
            self.reading += 1
            self.waiting.popleft().set_result(None)

    def _lose_patience(self) -> None:
        self.patient = False
        self.admit()


class Caller:
    """Who asks for a page: ``gone`` is done once they hung up, or got their answer.

    A read has no body as a rule. Whoever sends one is not watched: it is for the application to
    take in.
    """

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._request: MutableMapping[str, Any] | None = None
        self._begun = asyncio.Event()
        self._watched = not any(
            name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"]
        )
        watch = self._watch if self._watched else asyncio.Event().wait
        self.gone: asyncio.Task[Any] = asyncio.ensure_future(watch())

    async def _watch(self) -> None:
        """Keep the request that is there at once, and wait for what comes after it."""
        with suppress(OSError):  # so balai.asgi says that somebody left
            message = await self._receive()
            if message["type"] == "http.request":
                self._request = message
                self._begun.set()
                await self._receive()
        self._begun.set()

    async def receive(self) -> MutableMapping[str, Any]:
        """Return the request, then that the caller hung up, as the server tells it."""
        if not self._watched:
            return await self._receive()
        await self._begun.wait()
        request, self._request = self._request, None
        if request is not None:
            return request
        await asyncio.wait((self.gone,))
        return {"type": "http.disconnect"}


class Place:
    """What a read that is being made holds, until its answer begins to be sent.

    A slow line, or a long download, would otherwise keep everybody waiting for it.
    """

    def __init__(self, lanes: Lanes) -> None:
        self.lanes, self.held = lanes, True

    def until_made(self, send: Send) -> Send:
        """Return ``send``; the place is left when there is something of the answer's body."""

        async def watched(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.body":
                self.leave()
            await send(message)

        return watched

    def leave(self) -> None:
        """Give the place to who is next; once."""
        if self.held:
            self.held = False
            self.lanes.reading -= 1
            self.lanes.admit()


async def _turn_away(send: Send) -> None:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(BUSY)).encode()),
        (b"retry-after", str(RETRY_SECONDS).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", POLICY),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": BUSY})
