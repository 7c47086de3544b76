"""Judge rows: cells become values, and everything that is wrong is told at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from balai.importing.columns import Column, Importer, Invalid, Problem, Row
from balai.importing.models import ImportRun, RowError
from balai.importing.store import Line

MISSING = gettext_noop("This cell must not be empty.")
TWIN = gettext_noop("Row %(row)s has the same value.")
TOO_LONG = gettext_noop("The row has %(cells)s cells, the heading only %(headings)s.")


@dataclass(slots=True)
class Verdict:
    """Good rows, what is wrong with the others, and values that no list knows."""

    good: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    bad: int = 0
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)


def judge(run: ImportRun, importer: Importer, lines: Iterable[Line]) -> Verdict:
    """Return which of the lines are good rows."""
    mapped = [column for column in importer.columns if column.name in run.mapping]
    verdict = Verdict()
    for line in lines:
        row = Row(line.number, {}, {})
        problems = [*_shape(run, line), *_cells(run, mapped, line, row)]
        problems += importer.check(row) if not problems else ()
        if not problems:
            verdict.good.append(row)
            continue
        verdict.bad += 1
        for problem in problems:
            verdict.errors.append(_error(run, row, problem))
            if problem.unknown and (text := row.texts.get(problem.column)):
                counted = verdict.unknown.setdefault(problem.column, {})
                counted[text] = counted.get(text, 0) + 1
    return verdict


def _shape(run: ImportRun, line: Line) -> Iterable[Problem]:
    if any(line.cells[len(run.columns) :]):
        details = {"cells": len(line.cells), "headings": len(run.columns)}
        yield Problem("", TOO_LONG, details)


def _cells(run: ImportRun, columns: Sequence[Column], line: Line, row: Row) -> Iterable[Problem]:
    """Fill the row's values; yield what is wrong with single cells."""
    places: Mapping[str, int] = run.mapping
    for column in columns:
        place = places[column.name]
        text = line.cells[place] if place < len(line.cells) else ""
        row.texts[column.name] = text
        told = run.values.get(column.name, {}).get(text, text) if column.listed else text
        row.values[column.name] = None
        if not told:
            if column.required:
                yield Problem(column.name, MISSING)
            continue
        try:
            row.values[column.name] = column.parse(told)
        except Invalid as wrong:
            yield Problem(column.name, wrong.message, wrong.details, unknown=column.listed)
        if column.unique and line.twin:
            yield Problem(column.name, TWIN, {"row": line.twin})


def _error(run: ImportRun, row: Row, problem: Problem) -> RowError:
    return RowError(
        run=run,
        row=row.number,
        column=problem.column,
        message=problem.message,
        details=dict(problem.details),
        value=row.texts.get(problem.column, "")[:200],
    )
