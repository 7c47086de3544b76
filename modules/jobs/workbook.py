"""A workbook written row by row; no cell of it can be made to run anything."""

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

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST: Final = 32_767
"""Excel's longest cell."""
NARROW, WIDE = 14, 48  # characters


def write(title: str, labels: Sequence[str], rows: Iterable[Iterable[Any]]) -> IO[bytes]:
    """Return an open temporary file with one sheet; whoever sends it closes it.

    Args:
        title: the sheet's name.
        labels: the first line, kept in sight while scrolling.
        rows: cells are texts, numbers, aware times (shown in the region's zone) or None.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "B2"
    for at, label in enumerate(labels, start=1):
        width = min(max(len(label) + 4, NARROW), WIDE)
        sheet.column_dimensions[get_column_letter(at)].width = width
    heads = [WriteOnlyCell(sheet, value=csv_out.safe(label)) for label in labels]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return formats.local(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        return csv_out.safe(CONTROL.sub("", value))[:LONGEST] or None
    return value
