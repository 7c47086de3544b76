"""The process's one LISTEN connection, read by the event loop, mended when it breaks."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import psycopg2
import structlog

from balai import listen
from balai.away import AwayError
from balai.context import MAIN_CELL

log = structlog.get_logger(__name__)

PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
STEADY: Final = 5.0


class Listener:
    """Calls ``heard(channel, payload)`` for each notice, and says when it could not hear."""

    def __init__(
        self,
        channels: list[str],
        *,
        heard: Callable[[str, str], None],
        lost: Callable[[], None],
        restored: Callable[[], None],
        cell: str = MAIN_CELL,
    ) -> None:
        self._cell = cell
        self._channels = channels
        self._heard, self._lost, self._restored = heard, lost, restored
        self._raw: Any = None
        self._handle = -1
        self._broken = asyncio.Event()

    async def run(self) -> None:
        """Listen for ever; cancel the task to end."""
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            started = loop.time()
            if await self._connect(loop):
                await self._broken.wait()
                self._disconnect(loop)
                self._lost()
            failures = 0 if loop.time() - started > STEADY else failures + 1
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> bool:
        try:
            self._raw = await loop.run_in_executor(
                None, lambda: listen.connect(self._channels, name="balai live", cell=self._cell)
            )
        except (psycopg2.Error, AwayError) as error:
            log.warning("listen_failed", cell=self._cell, error=type(error).__name__)
            return False
        self._broken.clear()
        self._handle = self._raw.fileno()
        loop.add_reader(self._handle, self._read)
        # After LISTEN: what committed before it was not heard, and whoever asks again now sees it.
        self._restored()
        self._read()
        return True

    def _read(self) -> None:
        try:
            notices = listen.drain(self._raw)
        except psycopg2.Error as error:
            log.warning("listen_lost", error=type(error).__name__)
            self._broken.set()
            return
        for channel, payload in notices:
            self._heard(channel, payload)

    def _disconnect(self, loop: asyncio.AbstractEventLoop) -> None:
        # By the number kept: a broken connection no longer tells its own, and the next one may
        # get the same, which the loop would then believe to be watched already.
        loop.remove_reader(self._handle)
        with suppress(psycopg2.Error):
            self._raw.close()
        self._raw = None
