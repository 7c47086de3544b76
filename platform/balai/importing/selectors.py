"""Everything that reads: the list of imports, and what is wrong with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from balai.importing import registry
from balai.importing.columns import Column, Importer
from balai.importing.models import ImportRun, RowError
from balai.modules.manifest import type_str

SHOWN_ERRORS = 50


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mistakes a column has."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, for a page."""

    row: int
    label: str
    value: str
    text: str


def runs(user: Any) -> QuerySet[ImportRun]:
    """Return the imports of the kinds ``user`` may use, newest first."""
    kinds = [cls.kind for cls in registry.offered(user)]
    return ImportRun.objects.filter(kind__in=kinds).select_related("created_by")


def find(user: Any, reference: UUID) -> tuple[ImportRun, type[Importer]] | None:
    """Return an import and its importer if ``user`` may use it."""
    run = ImportRun.objects.select_related("created_by").filter(uuid=reference).first()
    cls = registry.allowed(user, run.kind) if run else None
    return (run, cls) if run and cls else None


def label_of(kind: str) -> type_str:
    """Return what an import is called."""
    cls = registry.find(kind)
    return cls.label if cls else kind


def tallies(run: ImportRun, columns: Iterable[Column]) -> list[Tally]:
    """Return how many mistakes each column has, the most first (1 query)."""
    labels = {column.name: str(column.label) for column in columns}
    found = RowError.objects.filter(run=run).values_list("column").annotate(n=Count("id"))
    rows = [Tally(labels.get(column) or _("Whole row"), n) for column, n in found]
    return sorted(rows, key=lambda tally: (-tally.count, tally.label))


def mistakes(run: ImportRun, columns: Iterable[Column]) -> list[Mistake]:
    """Return the first mistakes (1 query)."""
    labels = {column.name: str(column.label) for column in columns}
    found = RowError.objects.filter(run=run).order_by("row", "id")[:SHOWN_ERRORS]
    return [
        Mistake(error.row, labels.get(error.column, ""), error.value, error.text) for error in found
    ]
