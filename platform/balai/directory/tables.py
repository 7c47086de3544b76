"""Agencies as a CSV table: what is exported can be changed in a spreadsheet and imported again."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balai.directory.models import Agency

COLUMNS: Final = ("code", "name", "short_name", "kind", "parent", "email", "phone")
REQUIRED: Final = ("name", "short_name")
MAX_BYTES: Final = 1024 * 1024
MAX_ROWS: Final = 1000
# A cell that begins like this is a formula to a spreadsheet (OWASP, CSV injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row; the heading is row 1."""

    row: int
    text: str | Promise


class TableError(ValueError):
    """Raised for a table that cannot be imported; ``errors`` say why, row by row."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = list(errors)
        super().__init__(f"{len(self.errors)} rows are wrong")


def write(agencies: Iterable[Agency]) -> str:
    """Return the agencies as CSV, with a heading; parents are told by their code."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for agency in agencies:
        parent = agency.parent.code if agency.parent else ""
        values = (agency.code, agency.name, agency.short_name, agency.kind, parent)
        table.writerow([_safe(value) for value in (*values, agency.email, agency.phone)])
    return out.getvalue()


def read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return (row number, values by column) of a CSV file with commas or semicolons.

    Raises:
        TableError: when it is no such table, too large, or lacks a column.
    """
    if len(content) > MAX_BYTES:
        raise TableError([RowError(0, _("The file is larger than 1 MB."))])
    reader = csv.reader(io.StringIO(_text(content)), delimiter=_delimiter(content))
    try:
        rows = list(_rows(reader))
    except csv.Error:
        raise TableError([RowError(reader.line_num, _("This row cannot be read."))]) from None
    if not rows:
        raise TableError([RowError(0, _("The table is empty."))])
    if len(rows) > MAX_ROWS:
        raise TableError([RowError(0, _("The table has more than 1,000 rows."))])
    return rows


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    heading = [cell.strip().casefold() for cell in next(reader, [])]
    missing = [column for column in REQUIRED if column not in heading]
    if missing:
        raise TableError(
            [RowError(1, _("The heading lacks: %(columns)s.") % {"columns": ", ".join(missing)})]
        )
    for number, cells in enumerate(reader, start=2):
        values = {
            name: _plain(cell)
            for name, cell in zip(heading, cells, strict=False)
            if name in COLUMNS
        }
        if any(values.values()):
            yield number, values


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(content: bytes) -> str:
    heading = content.split(b"\n", 1)[0]
    return ";" if heading.count(b";") > heading.count(b",") else ","


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


KIND_WORDS: Final = {
    "dinas": Agency.Kind.OPD,
    "badan": Agency.Kind.OPD,
    "desa": Agency.Kind.KELURAHAN,
    "mitra": Agency.Kind.PARTNER,
}
UNKNOWN_KIND = gettext_lazy("The kind must be one of: %(kinds)s.")


def kind_of(text: str) -> str:
    """Return the kind that a cell means; an empty one is a government agency.

    Raises:
        ValueError: for a word that is no kind.
    """
    word = text.casefold() or Agency.Kind.OPD
    kind = KIND_WORDS.get(word, word)
    if kind not in Agency.Kind.values:
        raise ValueError(UNKNOWN_KIND % {"kinds": ", ".join(Agency.Kind.values)})
    return str(kind)
