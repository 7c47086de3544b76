"""Write tables that a spreadsheet opens safely: example files, and rows with mistakes."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from balai.importing.reading.limits import CONTROL, MAX_CELL

# A cell that begins like this is a formula to a spreadsheet (OWASP, CSV injection); a plain
# number with a sign is none. Reading takes the apostrophe away again.
FORMULA: Final = re.compile(r"[=+\-@\t\r]")
PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?\Z")
Table = Iterable[Sequence[str]]


def guarded(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula."""
    if FORMULA.match(text) and not PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def as_csv(rows: Table, file: IO[bytes]) -> None:
    """Write a CSV file with the mark by which Excel knows UTF-8."""
    out = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    out.detach()


def as_xlsx(rows: Table, file: IO[bytes]) -> None:
    """Write a workbook with one sheet; every cell is text, so that codes keep their zeros."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    book.save(file)


def _cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, CONTROL.sub("", guarded(text))[:MAX_CELL])
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


WRITERS: Final[Mapping[str, tuple[Callable[[Table, IO[bytes]], None], str]]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""How each kind of file is written, and what browsers call it."""
