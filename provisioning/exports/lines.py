"""A table's rows as lines of JSON, straight out of COPY; what is sealed, opened and resealed."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from balai import secrets
from provisioning.exports.parts import Part
from provisioning.exports.sealing import ArchiveKey

# Delimiter and quote that JSON never contains (it escapes control characters): a line is a line.
RAW: Final = r"(FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')"
Take = Callable[[bytes], None]
Record = dict[str, Any]


class _Splitter:
    """Takes what COPY writes and hands it on line by line."""

    def __init__(self, take: Take) -> None:
        self.take, self.rest = take, b""

    def write(self, data: bytes) -> int:
        *whole, self.rest = (self.rest + data).split(b"\n")
        for line in whole:
            self.take(line)
        return len(data)


def read(cursor: CursorWrapper, part: Part, take: Take) -> None:
    """Call ``take`` with each row of ``part`` as one line of JSON, in order.

    Sealed columns are as the region's key sealed them; see :func:`opened`.
    """
    query = f"COPY (SELECT row_to_json(row) FROM ({part.select}) AS row) TO STDOUT WITH {RAW}"  # noqa: S608  # names of our models
    cursor.copy_expert(query, _Splitter(take))


def opened(part: Part, line: bytes) -> Record:
    """Return a row with its sealed columns in the clear; the region must be active."""
    record = parsed(line)
    for name, purpose in part.declared.sealed.items():
        value = record[name]
        if purpose and value is not None:
            # A sealed value of no bytes is one that was forgotten.
            data = bytes.fromhex(value[2:])
            record[name] = secrets.unseal(data, purpose=purpose) if data else ""
    return record


def resealed(part: Part, record: Record, key: ArchiveKey) -> Record:
    """Return the row with its sealed columns under the archive's key."""
    changed = dict(record)
    for name in part.declared.sealed:
        if record[name]:
            changed[name] = key.seal(record[name], place=f"{part.table}.{name}")
    return changed


def unsealed(part: Part, record: Record, key: ArchiveKey) -> Record:
    """Return a row of an archive with its sealed columns in the clear.

    Raises:
        WrongPassphrase: when ``key`` is not this archive's.
    """
    changed = dict(record)
    for name in part.declared.sealed:
        if record.get(name):
            changed[name] = key.open(record[name], place=f"{part.table}.{name}")
    return changed


def parsed(line: bytes) -> Record:
    """Return a line of an archive as it is there."""
    record: Record = json.loads(line)
    return record


def dump(record: Record) -> bytes:
    """Return a row as PostgreSQL writes it: no blanks, letters as they are."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
