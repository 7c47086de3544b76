"""Files of strangers turned into rows of texts, whatever program wrote them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from balai.importing.reading import csvfile, xlsxfile
from balai.importing.reading.limits import MAX_BYTES, MAX_ROWS, TableProblem

__all__ = ["MAX_BYTES", "MAX_ROWS", "Lines", "TableProblem", "lines"]

Lines = Iterator[tuple[int, list[str]]]
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"


@contextmanager
def lines(file: IO[bytes]) -> Iterator[Lines]:
    """Yield (row number, cells) of every row that is not empty; rows count from 1.

    The kind of file is judged by its first bytes, never by its name.

    Raises:
        TableProblem: at once or on the way, with a sentence for people.
    """
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    if head == OLE:
        raise TableProblem(TableProblem.OLD_EXCEL)
    if head == ZIP:
        with xlsxfile.rows(file) as found:
            yield _counted(found)
    else:
        yield _counted(csvfile.rows(file.read(MAX_BYTES + 1)))


def _counted(rows: Iterator[list[str]]) -> Lines:
    kept = 0
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            continue
        kept += 1
        if kept > MAX_ROWS + 1:
            raise TableProblem(TableProblem.TOO_MANY_ROWS)
        yield number, cells
