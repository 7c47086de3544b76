"""A schema's rows as COPY writes them, table by table, in an order that is always the same."""

import hashlib
from typing import IO, Any, Final

from django.db.backends.utils import CursorWrapper

# From the catalog, not from the models: everything that is there, in the order of its columns.
TABLES: Final = """
    SELECT c.relname,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
      (SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int[], a.attnum::int))
       FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a
         ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
       WHERE i.indrelid = c.oid AND i.indisprimary)
    FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class c ON c.oid = d.objid
    WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass
      AND d.refobjid = %s::regnamespace AND d.refobjsubid = 0
      AND d.classid = 'pg_catalog.pg_class'::regclass AND c.relkind = 'r'
    ORDER BY c.relname COLLATE "C"
"""


class Counted:
    """A file that counts lines and hashes what goes through it."""

    def __init__(self, out: IO[bytes] | None = None) -> None:
        self.out, self.rows, self.sha = out, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Take what COPY writes."""
        self.rows += data.count(b"\n")  # COPY's text escapes line breaks within values
        self.sha.update(data)
        return self.out.write(data) if self.out else len(data)

    @property
    def told(self) -> dict[str, Any]:
        """Return how many rows went through, and their SHA-256."""
        return {"rows": self.rows, "sha256": self.sha.hexdigest()}


def tables(cursor: CursorWrapper, schema: str) -> list[dict[str, Any]]:
    """Return each table of ``schema`` with its columns and its key."""
    cursor.execute(TABLES, [schema])
    return [{"table": name, "columns": columns, "key": key or columns}
            for name, columns, key in cursor.fetchall()]  # fmt: skip


def copy_out(cursor: CursorWrapper, table: dict[str, Any], out: IO[bytes] | None) -> dict[str, Any]:
    """Write a table's rows to ``out`` (None: only reckon); return their count and SHA-256."""
    counted = Counted(out)
    order = ", ".join(_q(name) for name in table["key"])
    query = f"SELECT {_names(table)} FROM {_q(table['table'])} ORDER BY {order}"  # noqa: S608  # names from the catalog
    cursor.copy_expert(f"COPY ({query}) TO STDOUT", counted)
    return counted.told


def copy_in(cursor: CursorWrapper, table: dict[str, Any], source: Any) -> None:
    """Load a table's rows; the schema is active as its owner."""
    cursor.copy_expert(f"COPY {_q(table['table'])} ({_names(table)}) FROM STDIN", source)


def _names(table: dict[str, Any]) -> str:
    return ", ".join(_q(name) for name in table["columns"])


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
