"""Unfold a file once into a line of JSON for each row, so that any slice begins at a byte."""

import tempfile
import time
from typing import IO, Any

from balai.importing import reading, store
from balai.importing.columns import Importer
from balai.importing.models import ImportRun
from balai.importing.parsing import plain
from balai.importing.reading.limits import MAX_SECONDS, TableProblem

LOOK_AT_CLOCK = 1000


def unfold(run: ImportRun, importer: type[Importer]) -> int:
    """Store the rows below the heading and return how many there are.

    Harmless when repeated: the unfolded file takes the place of the one before.

    Raises:
        TableProblem: for a file that cannot be read to its end, or holds no row.
    """
    _samples, heading = store.head(run)
    unique = next((c.name for c in importer.columns if c.unique and c.name in run.mapping), "")
    place = run.mapping[unique] if unique else -1
    with store.opened(run, store.SOURCE) as source, tempfile.TemporaryFile() as out:
        total = _copy(source, out, heading, place)
        if not total:
            raise TableProblem(TableProblem.EMPTY)
        out.seek(0)
        store.keep(run, store.ROWS, out)
    return total


def _copy(source: IO[bytes], out: IO[Any], heading: int, place: int) -> int:
    first: dict[str, int] = {}
    total, until = 0, time.monotonic() + MAX_SECONDS
    with reading.lines(source) as rows:
        for number, cells in rows:
            if number <= heading:
                continue
            key = plain(cells[place]) if 0 <= place < len(cells) else ""
            twin = first.setdefault(key, number) if key else number
            store.write_line(out, number, cells, 0 if twin == number else twin)
            total += 1
            if total % LOOK_AT_CLOCK == 0 and time.monotonic() > until:
                raise TableProblem(TableProblem.TOO_SLOW)
    return total
