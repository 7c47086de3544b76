"""A psycopg2 cursor that puts role and search_path into each statement's own message."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg2
from psycopg2 import extensions
from psycopg2.sql import Composable

from balai import context
from tenants.backend import statements
from tenants.backend.statements import Kind

PlainCursor = extensions.cursor


class WrongCellError(RuntimeError):
    """Raised for a cursor that was kept while the active region changed its cell."""


class PooledConnectionError(RuntimeError):
    """Raised for a statement that needs a session, behind a pooler that gives none."""


class RegionCursor(extensions.cursor):
    """Ask the context at the moment of execution, never before: cursors may be kept."""

    _sum: int | None = None

    def execute(self, query: Any, vars: Any = None) -> None:
        """Execute ``query`` for the active context; raises NoRegionError without one."""
        self._sum = None
        text = _text(query, self)
        kind = statements.kind(text)
        if kind is Kind.BARE:
            super().execute(text, vars)
        elif self.name is not None:
            self._declare(text, vars)
        elif kind is Kind.ALONE and self.connection.autocommit:
            self._execute_alone(text, vars)
        else:
            super().execute(self._prefix() + text, vars)

    def _prefix(self, scope: str = "LOCAL ") -> str:
        active = context.current()
        if active is not None and active.cell != self.connection.cell:
            raise WrongCellError(f"this cursor is not one of the cell {active.cell}")
        if active is not None:
            self.connection.served.add(active.schema)
        return statements.prefix_for(active, scope)

    def executemany(self, query: Any, vars_list: Iterable[Any]) -> None:
        """Execute ``query`` once per row; psycopg2's own loop in C never comes by here."""
        total = 0
        for row in vars_list:
            self.execute(query, row)
            total += max(0, super().rowcount)
        self._sum = total

    @property
    def rowcount(self) -> int:
        """Rows touched by the last call; the sum of all rows after executemany."""
        return int(super().rowcount) if self._sum is None else self._sum

    def callproc(self, procname: Any, parameters: Any = ()) -> Any:
        """Call a function as ``SELECT * FROM procname(...)`` and return the parameters."""
        if isinstance(parameters, Mapping):
            names = [extensions.quote_ident(name, self) for name in parameters]
            marks = ", ".join(f"{name} => %s" for name in names)
            values = list(parameters.values())
        else:
            marks = ", ".join(["%s"] * len(parameters))
            values = list(parameters)
        self.execute(f"SELECT * FROM {procname}({marks})", values)  # noqa: S608  # as psycopg2
        return parameters

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        """COPY to or from ``file``; the prefix travels with the COPY statement."""
        super().copy_expert(self._prefix() + _text(sql, self), file, size)

    def copy_from(
        self,
        file: Any,
        table: str,
        sep: str = "\t",
        null: str = "\\N",
        size: int = 8192,
        columns: Iterable[str] | None = None,
    ) -> None:
        """Load ``table`` from ``file``."""
        self.copy_expert(self._copy_sql(table, "FROM STDIN", sep, null, columns), file, size)

    def copy_to(
        self,
        file: Any,
        table: str,
        sep: str = "\t",
        null: str = "\\N",
        columns: Iterable[str] | None = None,
    ) -> None:
        """Write ``table`` to ``file``."""
        self.copy_expert(self._copy_sql(table, "TO STDOUT", sep, null, columns), file)

    def _copy_sql(
        self, table: str, way: str, sep: str, null: str, columns: Iterable[str] | None
    ) -> str:
        names = ", ".join(extensions.quote_ident(name, self) for name in columns or ())
        head = extensions.quote_ident(table, self) + (f" ({names})" if names else "")
        with self.connection.cursor(cursor_factory=PlainCursor) as plain:
            options: bytes = plain.mogrify("DELIMITER %s NULL %s", (sep, null))
        return f"COPY {head} {way} WITH {options.decode()}"

    def _declare(self, text: str, vars: Any) -> None:
        # One message opens the portal; this cursor then only fetches from it, by name. Left
        # to psycopg2, the DECLARE would go alone, with whatever role the session has.
        scroll = {None: "", True: "SCROLL ", False: "NO SCROLL "}[self.scrollable]
        hold = "WITH HOLD " if self.withhold else ""
        name = extensions.quote_ident(str(self.name), self)
        body: bytes = self.mogrify(text, vars)
        with self.connection.cursor(cursor_factory=PlainCursor) as opener:
            opener.execute(
                f"{self._prefix()}DECLARE {name} {scroll}CURSOR {hold}FOR ".encode() + body
            )

    def _execute_alone(self, text: str, vars: Any) -> None:
        # Settings of the session are safe only where the session is ours.
        wanted = self._prefix(scope="")
        with self.connection.cursor(cursor_factory=PlainCursor) as plain:
            plain.execute("SELECT pg_backend_pid()")
            if plain.fetchone() != (self.connection.info.backend_pid,):
                raise PooledConnectionError(
                    "this statement cannot run in a transaction and needs a direct connection, "
                    "not one through a transaction pooler"
                )
            try:
                plain.execute(wanted)
                super().execute(text, vars)
            finally:
                with suppress(psycopg2.InterfaceError, psycopg2.OperationalError):
                    plain.execute("RESET ROLE; RESET search_path")


def _text(query: Any, cursor: extensions.cursor) -> str:
    if isinstance(query, str):
        return query
    if isinstance(query, Composable):
        return str(query.as_string(cursor))
    return bytes(query).decode()


__all__: Sequence[str] = ("PlainCursor", "PooledConnectionError", "RegionCursor")
