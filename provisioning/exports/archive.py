"""A ZIP file that goes on where a killed process stopped: a journal beside it says how far."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

# One date for all: two archives of the same content are the same file.
DATE: Final = (1980, 1, 1, 0, 0, 0)
STORED: Final = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".zip", ".mp4")
LAST: Final = frozenset({"manifest.json", "manifest.sig"})
KEPT: Final = (
    "CRC", "compress_size", "file_size", "header_offset", "flag_bits", "extract_version",
    "create_version", "compress_type", "external_attr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive: its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Hashing:
    """What a member is written through."""

    out: IO[bytes]
    size: int = 0
    sha: Any = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> int:
        """Write and hash."""
        self.sha.update(data)
        self.size += len(data)
        return self.out.write(data)


class ArchiveWriter:
    """Writes members one after the other; each is safe on the disk before it counts.

    Everything before :meth:`mark` belongs together and is begun anew when the process dies
    before it; after it, members that are whole stay.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal = path.with_suffix(".journal")
        self.members: dict[str, Member] = {}
        self.facts: dict[str, Any] | None = None
        infos, end = self._remembered()
        self.file = path.open("r+b" if end else "w+b")
        path.chmod(0o600)
        self.file.truncate(end)
        self.file.seek(end)
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED)
        for info in infos:
            self.zip.filelist.append(info)
            self.zip.NameToInfo[info.filename] = info
        if not end:
            self.journal.write_bytes(b"")

    @contextmanager
    def member(self, name: str) -> Iterator[Hashing]:
        """Yield what the content of ``name`` is written to."""
        info = zipfile.ZipInfo(name, DATE)
        packed = not name.lower().endswith(STORED)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self.zip.open(info, "w", force_zip64=True) as out:
            hashing = Hashing(out)
            yield hashing
        member = Member(name, hashing.size, hashing.sha.hexdigest())
        self.members[name] = member
        self._sync(self.file)
        kept = {key: getattr(info, key) for key in KEPT}
        self._note({"name": name, "sha256": member.sha256, "end": self.file.tell(), "info": kept})

    def add(self, name: str, content: bytes) -> None:
        """Write a whole member."""
        with self.member(name) as out:
            out.write(content)

    def mark(self, facts: dict[str, Any]) -> None:
        """Keep what was written so far, and ``facts`` for whoever goes on."""
        self.facts = facts
        self._note({"facts": facts})

    def finish(self) -> tuple[int, str]:
        """Close the archive; return its size and its SHA-256."""
        self.zip.close()
        self._sync(self.file)
        self.file.close()
        self.journal.unlink(missing_ok=True)
        with self.path.open("rb") as file:
            return self.path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()

    def abandon(self) -> None:
        """Let go of the file as it is; the journal tells where to go on."""
        self.file.close()
        # Closed already, so that zipfile writes no directory behind what is there.
        self.zip.fp = None

    def _remembered(self) -> tuple[list[zipfile.ZipInfo], int]:
        infos: list[zipfile.ZipInfo] = []
        end = 0
        if not (self.path.exists() and self.journal.exists()):
            return infos, end
        for line in self.journal.read_bytes().splitlines():
            try:
                told = json.loads(line)
            except ValueError:  # half a line: the process died while it wrote it
                break
            if "facts" in told:
                self.facts = told["facts"]
                continue
            if told["name"] in LAST:  # they tell of what is before them: made anew
                continue
            info = zipfile.ZipInfo(told["name"], DATE)
            for key in KEPT:
                setattr(info, key, told["info"][key])
            infos.append(info)
            end = told["end"]
            self.members[told["name"]] = Member(told["name"], info.file_size, told["sha256"])
        if self.facts is None:
            self.members.clear()
            return [], 0
        return infos, end

    def _note(self, told: dict[str, Any]) -> None:
        with self.journal.open("ab") as file:
            file.write(json.dumps(told).encode() + b"\n")
            self._sync(file)

    @staticmethod
    def _sync(file: IO[bytes]) -> None:
        file.flush()
        os.fsync(file.fileno())
