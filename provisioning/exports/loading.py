"""Put an archive's rows into a region's tables: everything, or nothing."""

import secrets as random
from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.db.backends.utils import CursorWrapper

from balai import secrets
from balai.classify import RANDOM, registry
from provisioning.exports import lines
from provisioning.exports.parts import Part, column_types
from provisioning.exports.reading import Archive
from provisioning.exports.sealing import ArchiveKey

INCOMING: Final = "balai_incoming"


class _Feed:
    """A file for COPY that is made of an iterator of lines."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self.source, self.rest = source, b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.rest) < size:
            line = next(self.source, None)
            if line is None:
                break
            self.rest += line
        if size < 0:
            size = len(self.rest)
        out, self.rest = self.rest[:size], self.rest[size:]
        return out


def empty(cursor: CursorWrapper) -> None:
    """Take every row out of the region's tables; its list of migrations stays."""
    tables = ", ".join(f'"{model._meta.db_table}"' for model in registry.region_models())
    cursor.execute(f"TRUNCATE {tables}")


def load(cursor: CursorWrapper, part: Part, archive: Archive, key: ArchiveKey) -> int:
    """Insert the rows of one table; return how many. The region is active, as its owner."""
    told = next(row for row in archive.manifest["tables"] if row["table"] == part.table)
    fields = column_types(part)
    filled = _filled(part, fields, told["columns"])
    columns = [name for name in told["columns"] if name in fields]
    columns += [name for name in filled if name not in columns]
    cursor.execute(f"CREATE TEMP TABLE {INCOMING} (line json) ON COMMIT DROP")
    changes = part.opened or bool(filled)
    with archive.open(f"data/{part.table}.jsonl") as file:
        source = (_changed(part, line, key, filled) for line in file) if changes else iter(file)
        cursor.copy_expert(f"COPY {INCOMING} FROM STDIN WITH {lines.RAW}", _Feed(source))
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(_value(fields[name]) for name in columns)
    cursor.execute(
        f'INSERT INTO "{part.table}" ({names}) OVERRIDING SYSTEM VALUE SELECT {values}'  # noqa: S608  # names of our models
        f' FROM {INCOMING}, json_populate_record(NULL::"{part.table}", line) AS r'
    )
    count = int(cursor.rowcount)
    cursor.execute(f"DROP TABLE {INCOMING}")
    return count


def set_sequences(cursor: CursorWrapper, values: dict[str, int]) -> None:
    """Let each sequence go on where it stood; those that are unknown here are passed over."""
    known = {model._meta.db_table for model in registry.region_models()}
    for place, last in values.items():
        table, _, column = place.partition(".")
        if table in known and last:
            cursor.execute(
                "SELECT setval(s, %s) FROM pg_get_serial_sequence(%s, %s) AS s WHERE s IS NOT NULL",
                [last, f'"{table}"', column],
            )


def _filled(part: Part, fields: dict[str, models.Field], told: list[str]) -> dict[str, Any]:
    """Return what stands in columns that the archive does not have, by column."""
    filled: dict[str, Any] = {}
    for column, field in fields.items():
        withheld = part.declared.withheld.get(field.name)
        if withheld is not None:
            filled[column] = withheld.fill
        elif field.name in part.declared.digests:
            filled[column] = part.declared.digests[field.name]
        elif column not in told and not field.null and not field.has_db_default():
            filled[column] = field.get_default
    return filled


def _changed(part: Part, line: bytes, key: ArchiveKey, filled: dict[str, Any]) -> bytes:
    record = lines.unsealed(part, lines.parsed(line), key)
    for column, fill in filled.items():
        record[column] = _fill(fill, record)
    for name, purpose in part.declared.sealed.items():
        value = record.get(name)
        if purpose and value is not None:
            record[name] = "\\x" + (secrets.seal(value, purpose=purpose).hex() if value else "")
    return lines.dump(record) + b"\n"


def _fill(fill: Any, record: lines.Record) -> Any:
    if fill == RANDOM:
        return random.token_hex(32)
    if callable(fill):
        return fill()
    if hasattr(fill, "purpose"):
        value = record.get(fill.of)
        return "\\x" + secrets.digest(value, purpose=fill.purpose).hex() if value else None
    return fill


def _value(field: models.Field) -> str:
    name = f'r."{field.column}"'
    # JSON's own null becomes NULL on its way; where that may not be, it was JSON's.
    if isinstance(field, models.JSONField) and not field.null:
        return f"coalesce({name}, 'null'::jsonb)"
    return name
