"""Where an import's files lie: privately, under the region's own folder, for a month at most."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from balai.importing.models import ImportRun
from balai.importing.reading import TableProblem

SOURCE, HEAD, ROWS = "source", "head.json", "rows.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the unfolded file. ``twin`` is the first row with the same unique value, else 0.

    ``end`` is the byte behind it: where the next one begins.
    """

    number: int
    cells: list[str]
    twin: int
    end: int


def path(run: ImportRun, part: str) -> str:
    """Return the stored name of one of a run's files."""
    return f"imports/{run.uuid}/{part}"


def keep(run: ImportRun, part: str, content: IO[Any]) -> None:
    """Store a file in place of the one that was there."""
    name = path(run, part)
    default_storage.delete(name)
    default_storage.save(name, File(content))


@contextmanager
def opened(run: ImportRun, part: str) -> Iterator[IO[bytes]]:
    """Open one of a run's files. Raises TableProblem when it is gone."""
    try:
        file: Any = default_storage.open(path(run, part))
    except FileNotFoundError as error:
        raise TableProblem(TableProblem.GONE) from error
    with file:
        yield file


def remove(run: ImportRun) -> None:
    """Delete everything that was stored of a run."""
    for part in (SOURCE, HEAD, ROWS):
        default_storage.delete(path(run, part))
    with suppress(OSError, NotImplementedError):  # a bucket has no folders
        from pathlib import Path

        Path(default_storage.path(f"imports/{run.uuid}")).rmdir()


def keep_head(run: ImportRun, samples: Sequence[Sequence[str]], row: int) -> None:
    """Remember the first rows below the heading, and in which row the heading is."""
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps({"samples": samples, "row": row}).encode())
        file.seek(0)
        keep(run, HEAD, file)


def head(run: ImportRun) -> tuple[list[list[str]], int]:
    """Return the first rows and the heading's row number."""
    with opened(run, HEAD) as file:
        told = json.loads(file.read())
    return told["samples"], told["row"]


def write_line(file: IO[bytes], number: int, cells: Sequence[str], twin: int) -> None:
    """Append a row to an unfolded file."""
    file.write(json.dumps([number, cells, twin], ensure_ascii=False).encode() + b"\n")


def lines(run: ImportRun, *, start: int, most: int | None = None) -> Iterator[Line]:
    """Yield the unfolded rows from byte ``start`` on, ``most`` of them."""
    with opened(run, ROWS) as file:
        file.seek(start)
        end, count = start, 0
        while (most is None or count < most) and (raw := file.readline()):
            end, count = end + len(raw), count + 1
            number, cells, twin = json.loads(raw)
            yield Line(number, cells, twin, end)
