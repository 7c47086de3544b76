"""A region's whole schema from one cell into another, in one snapshot and one transaction."""

import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from balai.context import SHARED_SCHEMA
from provisioning import release
from provisioning.models import Release
from provisioning.release import fingerprint
from tenants import roles

MARK: Final = "balai move "
# Texts of values must not depend on a session's taste: they are compared across two servers.
PLAIN: Final = (
    "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';"
    " SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;"
    " SET LOCAL enable_seqscan = on;"  # the fingerprint's query turns it off
)
# In a release's text everything from here on is better made once the rows are there.
LATER: Final = re.compile(
    r"^(?:ALTER TABLE ONLY \S+\s+ADD CONSTRAINT|CREATE (?:UNIQUE )?INDEX|CREATE TRIGGER)",
    re.MULTILINE,
)
COLUMNS: Final = """
    SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attname)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r'
    GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES: Final = """
    SELECT t.relname::text, a.attname::text, s.relname::text
    FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND s.relnamespace = to_regnamespace(%s)
"""
Tables = dict[str, list[Any]]
Tell = Callable[[str, int], None]


class CopyError(RuntimeError):
    """Raised when the copy cannot be made, or is not the original."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is copied, and as what it arrives."""

    schema: str
    role: str
    login: str
    mark: str


def prepare(source: Any, target: Any, errand: Errand) -> Release:
    """Begin the target's transaction with the schema, its role and its tables, and leave it open.

    It takes longer than copying a small region, and the region may be written to meanwhile.

    Raises:
        CopyError: when the source's structure is that of no release.
    """
    with source.cursor() as cursor:
        cursor.execute("BEGIN")  # the fingerprint's query has settings of its own
        made_of = _release_of(cursor, errand.schema)
        tables = list(_columns(cursor, errand.schema))
        cursor.execute("COMMIT")
    target.autocommit = False
    before, _after = _parts(release.fill(made_of.sql, errand.schema))
    _begin(target, errand, before, tables)
    return made_of


def copy(source: Any, target: Any, errand: Errand, made_of: Release, tell: Tell) -> Tables:
    """Copy the schema's rows and return the number and the checksum of each table's.

    Everything in the target is one transaction, which ends with the proof: the structure's
    fingerprint, and count and checksum of each table on both sides.

    Args:
        source: a connection of the login role, idle, in autocommit; given back so.
        target: the connection that :func:`prepare` left in its transaction.
        tell: called with each table that has arrived and its rows.

    Raises:
        CopyError: when a table differs.
    """
    source.set_session(isolation_level="REPEATABLE READ", readonly=True, autocommit=False)
    try:
        with source.cursor() as cursor:
            cursor.execute(PLAIN)
            columns = _columns(cursor, errand.schema)
        tables = _rows(source, target, errand.schema, columns, tell)
        _, after = _parts(release.fill(made_of.sql, errand.schema))
        _end(source, target, errand, after, made_of)
        target.commit()
        return tables
    finally:
        for raw in (source, target):
            if not raw.closed:
                raw.rollback()
                raw.set_session(isolation_level="DEFAULT", readonly=False, autocommit=True)


def drop_copy(target: Any, errand: Errand) -> None:
    """Drop an unfinished or unwanted copy: only a schema that bears this move's mark."""
    with target.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(to_regnamespace(%s), 'pg_namespace'),"
            " to_regnamespace(%s) IS NOT NULL",
            [f'"{errand.schema}"'] * 2,
        )
        said, there = cursor.fetchone()
        if there and said != errand.mark:
            raise CopyError(f"the target holds another schema called {errand.schema}")
        cursor.execute(roles.drop_sql(errand.schema, errand.role))


def _release_of(cursor: Any, schema: str) -> Release:
    mark = fingerprint.of_one(cursor, schema)
    made_of = Release.objects.filter(fingerprint=mark).first() if mark else None
    if made_of is None:
        raise CopyError("the region's structure is that of no release: `balai fleet upgrade` first")
    return made_of


def _columns(cursor: Any, schema: str) -> dict[str, list[str]]:
    cursor.execute(COLUMNS, [f'"{schema}"'])
    return dict(cursor.fetchall())


def _parts(text: str) -> tuple[str, str]:
    found = LATER.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _begin(target: Any, errand: Errand, before: str, tables: list[str]) -> None:
    schema = errand.schema
    drop_copy(target, errand)
    names = ", ".join(f'"{schema}"."{table}"' for table in tables)
    with target.cursor() as cursor:
        cursor.execute(
            PLAIN
            + roles.create_role_sql(
                errand.role, login=errand.login, server_version=target.server_version
            )
            + f'CREATE SCHEMA "{schema}";\nCOMMENT ON SCHEMA "{schema}" IS \'{errand.mark}\';\n'
            + roles.grant_schema_sql(schema, errand.role)
            + before
            + f"TRUNCATE {names};"  # the release's own first rows come with the copy
        )


def _rows(
    source: Any, target: Any, schema: str, columns: dict[str, list[str]], tell: Tell
) -> Tables:
    with ThreadPoolExecutor(1) as pool:
        for table in _filled(source, schema, columns):
            listed = _listed(columns[table])
            tell(table, _pump(pool, source, target, f'COPY "{schema}"."{table}" ({listed})'))
        asked = pool.submit(_sums, source, schema, columns)
        there, here = _sums(target, schema, columns), asked.result()
    for table in here:
        if there[table] != here[table]:
            raise CopyError(f"{table} differs: {here[table]} in the source, {there[table]} copied")
    return here


def _filled(source: Any, schema: str, columns: dict[str, list[str]]) -> list[str]:
    """Return the tables that have rows, in one statement: most of a region's are empty."""
    parts = [
        f'SELECT \'{table}\' WHERE EXISTS (SELECT FROM "{schema}"."{table}")'  # noqa: S608
        for table in columns
    ]
    with source.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return [row[0] for row in cursor.fetchall()]


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _pump(pool: ThreadPoolExecutor, source: Any, target: Any, copy_sql: str) -> int:
    """Stream a table through a pipe: no file, no more memory than a pipe has; return its rows."""
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reader:
        sent = pool.submit(_send, source, f"{copy_sql} TO STDOUT", write_end)
        try:
            with target.cursor() as cursor:
                cursor.copy_expert(f"{copy_sql} FROM STDIN", reader)
                count = int(cursor.rowcount)
        finally:
            reader.close()  # if the target refused, the sender must not wait for ever
            failed = sent.exception()
    if failed:
        raise failed
    return count


def _send(source: Any, copy_sql: str, write_end: int) -> None:
    with os.fdopen(write_end, "wb") as writer, source.cursor() as cursor:
        cursor.copy_expert(copy_sql, writer)


def _sums(raw: Any, schema: str, columns: dict[str, list[str]]) -> Tables:
    """Return count and checksum of all tables; the order of rows and columns is of no account."""
    parts = [
        f"SELECT '{table}', count(*), coalesce(sum(('x' || left(md5(ROW("  # noqa: S608
        f"{_listed(names)})::text), 16))::bit(64)::bigint::numeric), 0)::text"
        f' FROM "{schema}"."{table}"'
        for table, names in columns.items()
    ]
    with raw.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {table: [count, total] for table, count, total in cursor.fetchall()}


def _end(source: Any, target: Any, errand: Errand, after: str, made_of: Release) -> None:
    schema = errand.schema
    with source.cursor() as cursor:
        cursor.execute(SEQUENCES, [f'"{schema}"'])
        places = cursor.fetchall()
        moved = []
        for table, column, sequence in places:
            cursor.execute(f'SELECT last_value, is_called FROM "{schema}"."{sequence}"')  # noqa: S608
            moved.append((f'"{schema}"."{table}"', column, *cursor.fetchone()))
    with target.cursor() as cursor:
        cursor.execute(after + roles.restrict_tables_sql(schema, errand.role))
        for table, column, last, called in moved:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [table, column, last, called],
            )
        cursor.execute(f'SET LOCAL search_path = "{SHARED_SCHEMA}"')
        cursor.execute(fingerprint.check_sql(schema, made_of.fingerprint))
