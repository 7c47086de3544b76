"""Read a backup's file: what it is of, its tables one by one, and what it must have held."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from provisioning.backups.box import BoxReader, Unreadable, read_head


@dataclass(slots=True)
class Content:
    """An open backup: ``head`` from its beginning; ``end`` is there once all tables were read."""

    head: dict[str, Any]
    tar: tarfile.TarFile
    box: BoxReader
    end: dict[str, Any] = field(default_factory=dict)

    def tables(self) -> Iterator[tuple[str, Any]]:
        """Yield each table's name and its rows as a file, in the order of the file."""
        for member in self.tar:
            source = self.tar.extractfile(member)
            if source is None:
                continue
            if member.name == "end.json":
                self.end = json.load(source)
                self.box.drain()
                return
            yield member.name.removeprefix("tables/"), source
        raise Unreadable("the end of the file is missing")


def head_of(path: Path) -> dict[str, Any]:
    """Return what stands in the clear: region, moment, release.

    Raises:
        Unreadable: for any other file.
    """
    with path.open("rb") as file:
        head: dict[str, Any] = json.loads(read_head(file))
    return head


@contextmanager
def opened(path: Path, key: bytes) -> Iterator[Content]:
    """Open a backup for reading once, from front to back.

    Raises:
        Unreadable: when it was altered, or ``key`` is not its region's.
    """
    with path.open("rb") as file:
        box = BoxReader(file, key)
        try:
            packed = gzip.GzipFile(fileobj=cast(IO[bytes], box))
            with packed, tarfile.open(fileobj=packed, mode="r|") as tar:
                yield Content(json.loads(box.head), tar, box)
        except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise Unreadable(f"the file is damaged: {error}") from error
