"""One wrapper, many databases: the raw connection follows the active region's cell (ADR 0010)."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.conf import settings
from django.db import InternalError
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.utils.asyncio import async_unsafe
from psycopg2 import extensions

from balai import context
from balai.context import MAIN_CELL
from tenants import cells

# The stubs know nothing of a wrapper's inner methods.
_Base: Any = PostgresWrapper
IDLE = extensions.TRANSACTION_STATUS_IDLE


class CellInTransactionError(RuntimeError):
    """Raised when a running transaction is asked for a region of another cell."""


class CellConnection(extensions.connection):
    """A psycopg2 connection that knows which cell it leads to, and whom it has served."""

    cell: str = MAIN_CELL

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.served: set[str] = set()

    @property
    def is_full(self) -> bool:
        """Whether its server process has seen so many schemas that another one should follow."""
        return len(self.served) > settings.REGIONS_PER_CONNECTION


@dataclass(slots=True)
class Parked:
    """A raw connection that is not in use now, with what Django remembers of it."""

    connection: Any = None
    close_at: float | None = None
    health_check_done: bool = False
    errors_occurred: bool = False


class CellWrapper(_Base):
    """Moves between cells outside transactions, and refuses to inside them.

    The directory is the exception: the platform's statements inside a transaction of a region in
    another cell go to a *companion*, a transaction in the main database that commits just before
    the region's own and is rolled back with it.
    """

    connection: Any
    settings_dict: dict[str, Any]

    def _start_in_main(self) -> None:
        self.cell = MAIN_CELL
        self._still = False
        self._parked: dict[str, Parked] = {}
        self._beside: dict[str, Any] = {}
        self._uses: Counter[str] = Counter()
        self._uses_at: dict[str, Counter[str]] = {}

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg2's arguments for the cell that is wanted now."""
        usual = self.settings_dict
        if self.cell != MAIN_CELL:
            self.settings_dict = usual | cells.settings_of(self.cell)
        try:
            params: dict[str, Any] = super().get_connection_params()
        finally:
            self.settings_dict = usual
        return params | {"connection_factory": CellConnection}

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a cell that does not answer is left alone for a moment."""
        if self.cell == MAIN_CELL:
            return super().get_new_connection(conn_params)
        cells.check_up(self.cell)
        try:
            raw = super().get_new_connection(conn_params)
        except psycopg2.OperationalError as error:
            cells.went_down(self.cell)
            raise cells.CellDownError(f"the cell {self.cell} cannot be reached") from error
        cells.is_up_again(self.cell)
        raw.cell = self.cell
        return raw

    @async_unsafe
    def ensure_connection(self) -> None:
        """Be connected to the active context's cell, or stay where a transaction runs."""
        active = context.current()
        wanted = active.cell if active else MAIN_CELL
        if wanted != self.cell and not self._still and self._is_free():
            self._go(wanted)
            self.close_if_health_check_failed()
        super().ensure_connection()

    def _is_free(self) -> bool:
        return not self.in_atomic_block and (self.connection is None or self.autocommit)

    def _go(self, cell: str) -> None:
        self._park(self.cell, self.connection)
        kept = self._parked.pop(cell, None) or Parked()
        self.cell = cell
        self.connection, self.close_at = kept.connection, kept.close_at
        self.health_check_done = kept.health_check_done
        self.errors_occurred = kept.errors_occurred

    def _park(self, cell: str, raw: Any) -> None:
        if raw is not None and not raw.closed:
            self._parked[cell] = Parked(
                raw, self.close_at, self.health_check_done, self.errors_occurred
            )

    def _cursor(self, name: str | None = None) -> Any:
        active = context.current()
        if (
            active is not None
            and active.cell == self.cell
            and self.connection is not None
            and not self._beside
            and (self.health_check_done or not self.health_check_enabled)
        ):  # nearly always: nothing to look after
            with self.wrap_database_errors:
                return self._prepare_cursor(self.create_cursor(name))
        if active is None or active.cell == self.cell:
            if self._beside:
                self._uses[self.cell] += 1
            return self._plain_cursor(name)
        if self._is_free():
            return self._plain_cursor(name)
        return self._cursor_in(active, name)

    def _plain_cursor(self, name: str | None) -> Any:
        # Not django-tenants': no SET in a message of its own.
        return PostgresWrapper._cursor(self, name)  # type: ignore[attr-defined]  # stubs lack it

    def _cursor_in(self, active: context.Context, name: str | None) -> Any:
        """Return a cursor in another cell than that of the running transaction."""
        if active.cell != MAIN_CELL and not self._beside and self._has_not_begun():
            self._go_within(active.cell)
            return self._plain_cursor(name)
        if active != context.PLATFORM and not context.may_cross():
            raise CellInTransactionError(
                f"a transaction in the cell {self.cell} cannot go on in {active.cell}"
            )
        raw = self._companion(active.cell)
        self._uses[active.cell] += 1
        own, self.connection = self.connection, raw
        try:
            with self.wrap_database_errors:
                return self._prepare_cursor(self.create_cursor(name))
        finally:
            self.connection = own

    def _has_not_begun(self) -> bool:
        # psycopg2 sends BEGIN with the first statement.
        return self.connection is not None and self.connection.info.transaction_status == IDLE

    def _go_within(self, cell: str) -> None:
        """Move a transaction that has done nothing yet."""
        raw = self._open(cell)
        self.connection.autocommit = True
        self._park(self.cell, self.connection)
        self.cell, self.connection = cell, raw
        raw.autocommit = False

    def _companion(self, cell: str) -> Any:
        if cell not in self._beside:
            raw = self._open(cell)
            raw.autocommit = False
            self._beside[cell] = raw
        return self._beside[cell]

    def _open(self, cell: str) -> Any:
        """Return a usable raw connection to ``cell``, in autocommit."""
        kept = self._parked.pop(cell, None)
        own, here = self.connection, self.cell
        self.cell = cell
        try:
            if kept is not None:
                self.connection = kept.connection
                if self.is_usable():
                    return kept.connection
                kept.connection.close()
            with self.wrap_database_errors:
                raw = self.get_new_connection(self.get_connection_params())
            raw.autocommit = True
            self._configure_timezone(raw)
            return raw
        finally:
            self.connection, self.cell = own, here

    def _commit(self) -> None:
        with self.wrap_database_errors:
            for raw in self._beside.values():
                raw.commit()
        self._end_companions()
        super()._commit()

    def _rollback(self) -> None:
        with self.wrap_database_errors:
            for raw in self._beside.values():
                if not raw.closed:
                    raw.rollback()
        self._end_companions()
        super()._rollback()

    def _end_companions(self) -> None:
        for cell, raw in self._beside.items():
            if not raw.closed:
                raw.autocommit = True
                self._park(cell, raw)
        self._beside.clear()
        self._uses.clear()
        self._uses_at.clear()

    def _savepoint(self, sid: str) -> None:
        super()._savepoint(sid)
        self._uses_at[sid] = self._uses_elsewhere()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        if self._uses_at.pop(sid, Counter()) != self._uses_elsewhere():
            # What the other cell was told since then cannot be taken back alone.
            raise InternalError("a savepoint of one cell cannot undo what happened in another")

    def _savepoint_commit(self, sid: str) -> None:
        super()._savepoint_commit(sid)
        self._uses_at.pop(sid, None)

    def _uses_elsewhere(self) -> Counter[str]:
        active = context.current()
        here = active.cell if active else self.cell
        return Counter({cell: count for cell, count in self._uses.items() if cell != here})

    @async_unsafe
    def close(self) -> None:
        """Close the connections to all cells."""
        for raw in [*self._beside.values(), *(kept.connection for kept in self._parked.values())]:
            raw.close()
        self._beside.clear()
        self._parked.clear()
        super().close()

    def close_if_unusable_or_obsolete(self) -> None:
        """Close what is broken, too old or has served too many regions, of all cells."""
        for cell, kept in list(self._parked.items()):
            aged = kept.close_at is not None and time.monotonic() >= kept.close_at
            full = kept.connection.is_full
            if aged or full or kept.errors_occurred or kept.connection.closed:
                kept.connection.close()
                del self._parked[cell]
            else:
                kept.health_check_done = False
        self._still = True
        try:
            if self._is_free() and self.connection is not None and self.connection.is_full:
                super().close()
            super().close_if_unusable_or_obsolete()
        finally:
            self._still = False
