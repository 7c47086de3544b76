"""The relay: wakes when an event commits, sweeps for what was missed, goes round the regions."""

import os
import select
import time
from contextlib import suppress
from typing import Any, Final

import psycopg2
import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.module_loading import import_string

from balai import away, context, listen
from balai.context import MAIN_CELL
from balai.listen import RELAY_CHANNEL
from balai.outbox import places
from balai.outbox.rounds import Rounds
from balai.outbox.sender import Sender

log = structlog.get_logger(__name__)

SWEEP_SECONDS: Final = 5.0
FULL_PAUSE: Final = 0.05
BROKEN_PAUSE: Final = 0.5


class Relay:
    """One process of it is enough; several share the work, because claims skip locked rows."""

    def __init__(self) -> None:
        self.sender = Sender()
        self.hot, self.cold = Rounds(), Rounds()
        self._known: dict[str, context.Context] = {}
        self._ears: dict[str, Any] = {}
        self._next_sweep = 0.0
        self._in_vain = 0
        self._stopping = False
        self._wake_read, self._wake_write = os.pipe()

    def stop(self) -> None:
        """End :meth:`run` after the turn it is in. Safe to call from a signal handler."""
        self._stopping = True
        os.write(self._wake_write, b".")

    def run(self) -> None:
        """Work until :meth:`stop`; a lost database or broker is waited for."""
        log.info("relay_started")
        while not self._stopping:
            try:
                self.turn()
            except (DatabaseError, InterfaceError, psycopg2.Error) as error:
                log.warning("relay_database_lost", error=type(error).__name__)
                self._forget_connections()
                time.sleep(BROKEN_PAUSE)
        self._forget_connections()
        log.info("relay_stopped")

    def turn(self) -> None:
        """Hear, sweep when it is time, and serve one woken and one swept region.

        A region whose window is full keeps its place; when no region has room, pause.
        """
        self._hear(0 if self.hot or self.cold else max(0.0, self._next_sweep - time.monotonic()))
        if time.monotonic() >= self._next_sweep:
            self._sweep()
        self._serve(self.hot)
        self._serve(self.cold)
        if self.hot and self._in_vain >= len(self.hot):
            self._hear(FULL_PAUSE)
            self._in_vain = 0

    def _serve(self, rounds: Rounds) -> None:
        schema = rounds.take()
        active = self._region(schema) if schema else None
        if active is None:
            return
        try:
            served = self.sender.serve(active, bury=rounds is self.cold)
        except DatabaseError as error:
            if away.why(error) is None:
                raise
            self._known.pop(active.schema, None)
            return
        if served.more:
            self._in_vain = 0 if served.sent else self._in_vain + 1
            self.hot.add([active.schema])

    def _hear(self, timeout: float) -> None:
        if MAIN_CELL not in self._ears:
            self._listen(MAIN_CELL)
            self._next_sweep = timeout = 0.0
        ready, _, _ = select.select([*self._ears.values(), self._wake_read], [], [], timeout)
        for cell, ear in list(self._ears.items()):
            if ear in ready:
                self._drain(cell, ear)

    def _listen(self, cell: str) -> None:
        channels = [RELAY_CHANNEL, *settings.NOTIFY_HANDLERS]
        self._ears[cell] = listen.connect(channels, name="balai relay", cell=cell)

    def _drain(self, cell: str, ear: Any) -> None:
        try:
            notices = listen.drain(ear)
        except psycopg2.Error:
            if cell == MAIN_CELL:
                raise
            del self._ears[cell]  # the next sweep tries again, and finds what was missed
            return
        for channel, payload in notices:
            if channel == RELAY_CHANNEL:
                self.hot.add([payload])
            else:
                self._known.clear()

    def _sweep(self) -> None:
        for cell in listen.cells():
            if cell not in self._ears:
                with suppress(psycopg2.Error, away.AwayError):
                    self._listen(cell)
        self._known = places.everywhere()
        self.cold.add(self._known)
        self._next_sweep = time.monotonic() + SWEEP_SECONDS

    def _region(self, schema: str) -> context.Context | None:
        if schema not in self._known:
            found: context.Context | None = context.PLATFORM
            if schema != context.SHARED_SCHEMA:
                found = import_string(settings.REGION_LOADER)(schema)
            if found is None:
                return None
            self._known[schema] = found
        return self._known[schema]

    def _forget_connections(self) -> None:
        connection.close()
        for ear in self._ears.values():
            ear.close()
        self._ears.clear()
