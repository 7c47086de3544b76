"""The web server's application: ``/live/`` goes to the event hub, everything else to Django.

Django has two lanes: what is urgent has threads of its own and goes first (:mod:`balai.lanes`).
"""

import asyncio
import signal
from collections.abc import MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.db import connection

from balai.health import startup
from balai.lanes import Lanes
from balai.live.hub import PATH, Hub
from balai.live.stream import Receive, Send
from balai.modules import registry
from balai.wsgi import application as django_application

hub = Hub()


def _threads(count: int) -> Any:
    # Threads, not async views: a thread keeps its database connection from request to request.
    return WSGIMiddleware(cast(Any, django_application), workers=count)


django = Lanes(
    _threads(settings.WEB_URGENT_THREADS),
    _threads(settings.WEB_THREADS),
    slugs=[module.slug for module in registry.installed() if module.urgent],
    cookie=settings.SESSION_COOKIE_NAME,
    places=settings.WEB_READS,
    queue=settings.WEB_QUEUE,
)


class ClientLeft(OSError):  # noqa: N818  # it reads as what happened
    """Raised while a body is being read whose sender has gone."""


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Serve one connection, or the process's life."""
    if scope["type"] == "lifespan":
        await _live_and_die(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith(PATH):
        await hub(scope, receive, send)
    elif scope["type"] == "http":
        # WSGI knows no difference between X-A and X_A: only the first spelling counts.
        scope["headers"] = [pair for pair in scope["headers"] if b"_" not in pair[0]]
        await django(scope, _whole(receive), send)


def _whole(receive: Receive) -> Receive:
    """Make a body that breaks off an error: half a report is not a report."""

    async def strict() -> MutableMapping[str, Any]:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft("the client left before its request was complete")
        return message

    return strict


async def _live_and_die(receive: Receive, send: Send) -> None:
    await receive()
    try:
        await asyncio.get_running_loop().run_in_executor(None, _require_sound)
    except SystemExit as refusal:
        await send({"type": "lifespan.startup.failed", "message": str(refusal)})
        return
    hub.start()
    _close_streams_on_signals()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    hub.stop()
    await send({"type": "lifespan.shutdown.complete"})


def _require_sound() -> None:
    try:
        startup.require_sound()
    finally:
        connection.close()


def _close_streams_on_signals() -> None:
    """End the streams when the server is told to: it waits for open responses before it stops."""
    for number in (signal.SIGTERM, signal.SIGINT):
        usual = signal.getsignal(number)

        def end(received: int, frame: Any, usual: Any = usual) -> None:
            hub.board.close()
            if callable(usual):
                usual(received, frame)

        try:
            signal.signal(number, end)
        except ValueError:  # not the main thread: a test's server, which ends by itself
            return
