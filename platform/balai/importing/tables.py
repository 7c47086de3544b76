"""The two tables people take home: an example to fill in, and the rows that were not taken."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from balai.importing import store
from balai.importing.columns import Importer
from balai.importing.models import ImportRun, RowError

Table = Iterator[list[str]]


def example(importer: type[Importer]) -> Table:
    """Yield the heading and one row as it should look."""
    yield [str(column.label) for column in importer.columns]
    yield [column.example for column in importer.columns]


def bad_rows(run: ImportRun, importer: type[Importer] | None) -> Table:
    """Yield the file's heading with a column of reasons, then every row that has one.

    Mended and uploaded again, the column of reasons is left aside by itself.
    """
    yield [*run.columns, _("Mistakes")]
    labels = {column.name: str(column.label) for column in importer.columns} if importer else {}
    lines = store.lines(run, start=0)
    width = len(run.columns)
    errors = RowError.objects.filter(run=run).order_by("row", "id").iterator(chunk_size=2000)
    for row, found in groupby(errors, key=lambda error: error.row):
        reasons = "; ".join(_reason(error, labels) for error in found)
        line = next((line for line in lines if line.number == row), None)
        if line is None:
            return
        cells = [*line.cells, *[""] * (width - len(line.cells))]
        yield [*cells[:width], reasons, *cells[width:]]


def _reason(error: RowError, labels: dict[str, str]) -> str:
    label = labels.get(error.column, error.column)
    return f"{label}: {error.text}" if label else error.text
