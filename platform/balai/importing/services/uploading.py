"""Take a file in: look at its beginning, keep it privately, recognise its columns."""

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction

from balai import audit
from balai.importing import heading, reading, store
from balai.importing.columns import Importer
from balai.importing.models import ImportRun
from balai.importing.reading import MAX_BYTES, TableProblem

if TYPE_CHECKING:
    from balai.accounts.models import User

SAMPLES = 5


@transaction.atomic
def upload(*, importer: type[Importer], file: Any, by: "User | None") -> ImportRun:
    """Keep an uploaded file (Django's) and return its run, its columns recognised by name.

    Raises:
        TableProblem: for a file that is no table, empty or larger than 20 MB.
        StoppedError: when the region may not publish, and the importer does.
    """
    importer.require()
    if file.size > MAX_BYTES:
        raise TableProblem(TableProblem.TOO_LARGE)
    with reading.lines(file) as rows:
        first = list(islice(rows, heading.LOOKED_AT + SAMPLES))
    if not first:
        raise TableProblem(TableProblem.EMPTY)
    at, cells = heading.joined(first, heading.find(first, importer.columns), importer.columns)
    row = first[at][0]
    run = ImportRun.objects.create(
        kind=importer.kind,
        name=file.name[-120:],
        columns=heading.titled(cells),
        mapping=heading.mapping(cells, importer.columns),
        created_by=by,
    )
    file.seek(0)
    store.keep(run, store.SOURCE, file)
    store.keep_head(run, [cells for _number, cells in first[at + 1 :]][:SAMPLES], row)
    audit.record(action="import.uploaded", target=str(run.uuid), after={"kind": run.kind})
    return run
