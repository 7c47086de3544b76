"""CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse

# What makes Excel and LibreOffice read a cell as a formula (OWASP, CSV injection).
TRIGGERS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Any) -> str:
    """Return the value as text that no spreadsheet takes for a formula; numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) or not text.startswith(TRIGGERS):
        return text
    return f"'{text}"


class _Echo:
    def write(self, text: str) -> str:
        return text


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield one CSV line a row, every cell made safe."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def response(filename: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Stream ``rows`` as a download; a byte order mark tells Excel that it is UTF-8."""

    def text() -> Iterator[str]:
        yield "\ufeff"
        yield from lines(rows)

    return StreamingHttpResponse(
        text(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
