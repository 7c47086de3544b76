"""Tables to take along: CSV, and workbooks with numbers that can be counted with."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

from django.http import FileResponse, HttpResponseBase
from openpyxl import Workbook

from balai import csv_out

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Final = ("csv", "xlsx")


def response(
    name: str, form: str, labels: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """Return a download of ``rows`` under ``labels``; ``form`` is csv or xlsx."""
    if form == "csv":
        return csv_out.response(f"{name}.csv", [labels, *rows])
    book, out = Workbook(write_only=True), BytesIO()
    sheet: Any = book.create_sheet(name[:31])
    sheet.freeze_panes = "B2"
    for row in (labels, *rows):
        sheet.append([csv_out.safe(cell) if isinstance(cell, str) else cell for cell in row])
    book.save(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
