"""Make an archive: tables in one snapshot, then files, then the signed manifest."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from balai import context, csv_out
from provisioning.exports import describing, lines, media, signature, snapshot
from provisioning.exports.archive import ArchiveWriter, Hashing
from provisioning.exports.parts import Part, left_out, parts
from provisioning.exports.sealing import COST, ArchiveKey

FORMAT: Final = "balai-region-export"
VERSION: Final = 1
BLOCK: Final = 1024 * 1024
BEAT: Final = 5000  # rows between two signs of life
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to export and where to: ``salt`` is what the key was made with, for the manifest.

    ``tell`` hears of the progress, (done, total); it may raise to stop the work.
    """

    region: context.Region
    key: ArchiveKey
    salt: bytes
    path: Path
    tell: Tell = lambda done, total: None


@dataclass(frozen=True, slots=True)
class Made:
    """A finished archive: bytes, SHA-256, and how many rows and files are in it."""

    size: int
    sha256: str
    rows: int
    files: int


def make(order: Order) -> Made:
    """Write the archive, or go on with one that a killed process left; return what it holds.

    All rows are of one moment: a process that dies before all tables are written begins them
    anew. Files are kept as they come, and the next process goes on behind the last whole one.
    """
    order.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    writer = ArchiveWriter(order.path)
    try:
        if writer.facts is None:
            writer.mark(_tables(order, writer))
        facts: dict[str, Any] = writer.facts or {}
        missing = _files(order, writer, facts)
        manifest = _manifest(order, writer, facts, missing)
        _sign(writer, manifest)
        size, digest = writer.finish()
    except BaseException:
        writer.abandon()
        raise
    rows = sum(table["rows"] for table in facts["tables"])
    return Made(size, digest, rows, len(facts["media"]) - len(missing))


def _tables(order: Order, writer: ArchiveWriter) -> dict[str, Any]:
    found = []
    with snapshot.snapshot(order.region) as cursor:
        names = media.names()
        total = len(parts()) + len(names)
        for done, part in enumerate(parts()):
            order.tell(done, total)
            found.append(_table(order, writer, cursor, part, (done, total)))
        sequences = snapshot.sequences(cursor, order.region.schema)
    with context.region_context(order.region):
        about = describing.region()
        for name, content in describing.documents():
            writer.add(f"documents/{name}", content)
    made = describing.made_of()
    writer.add("region.json", _json(about))
    writer.add("schema/schema.json", _json(describing.schema()))
    writer.add("schema/schema.sql", made.sql.encode())
    return {
        "tables": found, "sequences": sequences, "media": names, "made_at": _now(),
        "release": {"fingerprint": made.fingerprint, "migrations": made.migrations},
        "region": {key: about[key] for key in ("slug", "code", "name", "kind")},
    }  # fmt: skip


def _table(
    order: Order, writer: ArchiveWriter, cursor: CursorWrapper, part: Part, at: tuple[int, int]
) -> dict[str, Any]:
    content = order.key.content()
    count = 0
    with tempfile.TemporaryFile() as kept:
        table = Hashing(kept)
        table.write("\ufeff".encode())
        _csv(table, part.columns)
        with writer.member(f"data/{part.table}.jsonl") as out:

            def take(line: bytes) -> None:
                nonlocal count
                count += 1
                record = lines.opened(part, line)
                if part.opened:
                    content.update(lines.dump(record) + b"\n")
                    record = lines.resealed(part, record, order.key)
                    line = lines.dump(record)
                else:
                    content.update(line + b"\n")
                out.write(line + b"\n")
                if count % BEAT == 0:
                    order.tell(*at)
                _csv(table, (_cell(record[name]) for name in part.columns))

            lines.read(cursor, part, take)
        kept.seek(0)
        with writer.member(f"csv/{part.table}.csv") as out:
            while block := kept.read(BLOCK):
                out.write(block)
    return {"table": part.table, "model": part.label, "rows": count, "content": content.hexdigest(),
            "columns": list(part.columns)}  # fmt: skip


def _files(order: Order, writer: ArchiveWriter, facts: dict[str, Any]) -> list[str]:
    """Copy the region's files behind those that are there already; return which were gone."""
    missing = []
    before, total = len(facts["tables"]), len(facts["tables"]) + len(facts["media"])
    with context.region_context(order.region):
        for done, name in enumerate(facts["media"], start=before):
            if f"media/{name}" in writer.members:
                continue
            order.tell(done, total)
            try:
                file = default_storage.open(name)
            except FileNotFoundError:  # deleted since the list was made
                missing.append(name)
                continue
            with file, writer.member(f"media/{name}") as out:
                for block in _blocks(file):
                    out.write(block)
    order.tell(total, total)
    return missing


def _manifest(
    order: Order, writer: ArchiveWriter, facts: dict[str, Any], missing: list[str]
) -> dict[str, Any]:
    for language in ("id", "en"):
        name = f"README.{language}.md"
        if name not in writer.members:
            writer.add(name, describing.readme(language, facts).encode())
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": facts["made_at"],
        "region": facts["region"],
        "release": facts["release"],
        "tables": facts["tables"],
        "sequences": facts["sequences"],
        "left_out": left_out() | {f"media/{name}": why for name, why in media.STAYS.items()},
        "missing": missing,
        "sealing": {"kdf": "scrypt", **COST, "salt": bytes(order.salt).hex(),
                    "cipher": "AES-256-GCM", "check": order.key.seal("balai", place="check")},
        "signer": signature.public_key().hex(),
        "files": {name: {"bytes": member.size, "sha256": member.sha256}
                  for name, member in sorted(writer.members.items())},
    }  # fmt: skip


def _sign(writer: ArchiveWriter, manifest: dict[str, Any]) -> None:
    content = _json(manifest)
    writer.add("manifest.json", content)
    writer.add("manifest.sig", signature.sign(content))


def _blocks(file: Any) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def _csv(out: Hashing, cells: Any) -> None:
    for line in csv_out.lines([cells]):
        out.write(line.encode())


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    return text.encode() + b"\n"


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")
