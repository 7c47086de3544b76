"""The monthly workbook: a sheet per month, no cell that a spreadsheet would run."""

import re
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from balai import csv_out
from modules.emergency.selectors.monthly import Cell, Table

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDTHS: Final = {"A": 44, **dict.fromkeys("BCDEFGHIJ", 20)}


def write(sheets: Iterable[tuple[str, Sequence[str], Sequence[Table]]]) -> IO[bytes]:
    """Return an open temporary file with one sheet each; it is deleted when it is closed.

    Args:
        sheets: a sheet's name, the lines at its top, and its tables from top to bottom.
    """
    book = Workbook(write_only=True)
    for name, head, tables in sheets:
        sheet: Any = book.create_sheet(name)
        for column, width in WIDTHS.items():
            sheet.column_dimensions[column].width = width
        for line in head:
            sheet.append([_cell(line)])
        for table in tables:
            sheet.append([])
            sheet.append([_bold(sheet, table.title)])
            sheet.append([_bold(sheet, label) for label in table.heads])
            for row in table.lines:
                sheet.append([_cell(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_cell(text))
    cell.font = Font(bold=True)
    return cell


def _cell(value: Cell) -> Cell:
    return csv_out.safe(CONTROL.sub("", value)) if isinstance(value, str) else value
