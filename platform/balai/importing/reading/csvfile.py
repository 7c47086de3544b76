"""CSV as it comes: four delimiters, four encodings, quoted line breaks, rows of any length."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from balai.importing.reading.limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    TableProblem,
    clean,
)

DELIMITERS: Final = ",;\t|"
TRIED_ROWS: Final = 50
TRIED_TEXT: Final = 200_000
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
csv.field_size_limit(4 * MAX_CELL)


def rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a CSV file, empty ones as well.

    Raises:
        TableProblem: for a file that is too large, no text, or broken.
    """
    if len(data) > MAX_BYTES:
        raise TableProblem(TableProblem.TOO_LARGE)
    content = decode(data)
    told, content = _told_delimiter(content)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=told or delimiter(content))
    if told:
        yield []  # the line that told it counts
    try:
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                raise TableProblem(TableProblem.TOO_MANY_COLUMNS)
            yield [clean(cell) for cell in cells]
    except csv.Error as error:
        raise TableProblem(TableProblem.BROKEN_CSV) from error


def decode(data: bytes) -> str:
    """Return the text: by its byte order mark, else UTF-8, else UTF-16, else Windows-1252."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding = _utf16(data)
    if encoding:
        return data.decode(encoding, "replace")
    if b"\x00" in data[:4096]:
        raise TableProblem(TableProblem.NO_TABLE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def delimiter(content: str) -> str:
    """Return the delimiter that cuts the most rows into the same number of cells, above one."""
    head = content[:TRIED_TEXT]
    return max(DELIMITERS, key=lambda sign: _evenness(head, sign))


def _evenness(head: str, sign: str) -> tuple[int, int]:
    """Return how many rows agree on a number of cells, and that number."""
    counted: Counter[int] = Counter()
    try:
        for place, cells in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=sign)):
            if place >= TRIED_ROWS:
                break
            if any(cells):
                counted[len(cells)] += 1
    except csv.Error:
        return 0, 0
    counted.pop(1, None)
    if not counted:
        return 0, 0
    width, agreed = max(counted.items(), key=lambda item: (item[1], item[0]))
    return agreed, width


def _told_delimiter(content: str) -> tuple[str, str]:
    """Return the delimiter of Excel's own first line "sep=;", and the content after it."""
    first, _, rest = content.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and said[4:] and said[4] in DELIMITERS:
        return said[4], rest
    return "", content


def _utf16(data: bytes) -> str:
    """Return the byte order of UTF-16 without a mark: every other byte of Latin text is zero."""
    head = data[:2000]
    half = len(head) // 2
    if half < 2:
        return ""
    if head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""
