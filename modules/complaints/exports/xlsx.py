"""A workbook that no spreadsheet can be made to run anything from; written row by row."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from balai import csv_out
from balai.ui import formats

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST: Final = 32_767
"""Excel's longest cell."""
NARROW, WIDE = 19, 60  # characters; a date with its time fits


def write(title: str, labels: Sequence[str], rows: Iterable[Iterable[Any]]) -> IO[bytes]:
    """Return an open temporary file with one sheet; it is deleted when it is closed.

    Args:
        title: the sheet's name.
        labels: the first line, kept in sight while scrolling.
        rows: cells are texts, numbers, aware times (shown in the region's zone) or None.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = "B2"
    for at, label in enumerate(labels, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = min(
            max(len(label) + 4, NARROW), WIDE
        )
    sheet.append([_heading(sheet, label) for label in labels])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _heading(sheet: Any, label: str) -> Any:
    cell = WriteOnlyCell(sheet, value=csv_out.safe(label))
    cell.font = Font(bold=True)
    return cell


def _cell(value: Any) -> Any:
    """Return a value as it is written: text made safe, a time in the region's zone, "" as nothing.

    No cell has a style of its own: ten thousand lines would take ten times as long.
    """
    if isinstance(value, datetime):
        return formats.local(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        return csv_out.safe(CONTROL.sub("", value))[:LONGEST] or None
    return value
