"""The first sheet of a workbook: values, never formulas, and no more than fits into memory."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO, Any

from balai.importing.reading.limits import (
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_ROWS,
    MAX_UNZIPPED,
    TableProblem,
    clean,
)

# A sheet may claim a million rows that hold nothing but a colour.
MAX_LINES = 2 * MAX_ROWS


@contextmanager
def rows(file: IO[bytes]) -> Iterator[Iterator[list[str]]]:
    """Yield the rows of the first visible sheet, empty ones as well.

    Raises:
        TableProblem: for a workbook that is too large or no workbook.
    """
    from openpyxl import load_workbook  # a tenth of a process's start, and few read workbooks

    _refuse_bombs(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # it raises whatever a broken file leads it to
        raise TableProblem(TableProblem.NO_WORKBOOK) from error
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise TableProblem(TableProblem.EMPTY)
        sheets[0].reset_dimensions()
        yield _values(sheets[0])
    finally:
        book.close()


def _refuse_bombs(file: IO[bytes]) -> None:
    """Read the archive's table of contents: nothing is unpacked that would not fit."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise TableProblem(TableProblem.NO_WORKBOOK) from error
    # A size that is told too small is cut off there by zipfile itself, and its checksum fails.
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        raise TableProblem(TableProblem.UNPACKS_TOO_LARGE)
    file.seek(0)


def _values(sheet: Any) -> Iterator[list[str]]:
    try:
        for count, cells in enumerate(sheet.iter_rows(values_only=True)):
            if count > MAX_LINES:
                raise TableProblem(TableProblem.TOO_MANY_ROWS)
            while cells and cells[-1] is None:
                cells = cells[:-1]
            if len(cells) > MAX_COLUMNS:
                raise TableProblem(TableProblem.TOO_MANY_COLUMNS)
            yield [_text(cell) for cell in cells]
    except TableProblem:
        raise
    except Exception as error:  # as above
        raise TableProblem(TableProblem.NO_WORKBOOK) from error


def _text(value: Any) -> str:
    """Return a cell's value as a CSV file would tell it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return clean(value)
