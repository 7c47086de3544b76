"""What people decide about an import: its columns, what odd values mean, start, go on, stop.

Whatever makes a run go on raises StoppedError while the region may not publish, and the importer
does. Stopping a run is always possible.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.importing import registry, store
from balai.importing.models import ImportRun, RowError
from balai.importing.services.stepping import go_on

if TYPE_CHECKING:
    from datetime import datetime

State = ImportRun.State
TOGETHER_MOST: Final = 5_000
"""As many rows are written in one transaction without holding others up for long."""
STILL_SECONDS: Final = 120
"""A run that has not moved for so long may be given a push."""


class Refused(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a decision that does not fit the run's state; says why, for people."""


@transaction.atomic
def check(*, run: ImportRun, mapping: Mapping[str, int], options: Mapping[str, Any]) -> ImportRun:
    """Settle which column is which and begin the dry run.

    Args:
        mapping: {column name: place in the file}.
        options: the importer's own questions, plain JSON; what was matched before is kept.
    """
    current = _locked(run, State.UPLOADED, State.CHECKED, State.FAILED)
    if current.created or current.updated:
        raise Refused(_("Rows of this file are in already. Go on, or upload it again."))
    kept = {"values": current.values} if current.values else {}
    current.mapping, current.options = dict(mapping), {**options, **kept}
    return _begin(current, State.CHECKING)


@transaction.atomic
def match(*, run: ImportRun, values: Mapping[str, Mapping[str, str]]) -> ImportRun:
    """Say what unknown values stand for, {column: {text: value}}, and check again."""
    current = _locked(run, State.CHECKED)
    merged = {
        column: {**current.values.get(column, {}), **values.get(column, {})}
        for column in {*current.values, *values}
    }
    current.options = {**current.options, "values": merged}
    return _begin(current, State.CHECKING)


@transaction.atomic
def start(*, run: ImportRun, together: bool) -> ImportRun:
    """Begin to write: good rows one by one, or with ``together`` all of them or none."""
    current = _locked(run, State.CHECKED)
    if together and current.total > TOGETHER_MOST:
        raise Refused(
            _("All or nothing works for at most %(most)s rows.") % {"most": TOGETHER_MOST}
        )
    if together and current.failed:
        raise Refused(_("Some rows have mistakes. Mend them first, or take the good ones."))
    if current.failed >= current.total:
        raise Refused(_("There is no row to take."))
    current.options = {**current.options, "together": together}
    audit.record(action="import.started", target=str(current.uuid), after={"rows": current.total})
    return _begin(current, State.RUNNING)


@transaction.atomic
def resume(*, run: ImportRun, now: "datetime | None" = None) -> ImportRun:
    """Go on where a run stopped; rows that are in stay in, and none comes in twice."""
    now = now or timezone.now()
    current = _locked(run, State.FAILED, State.RUNNING, State.CHECKING)
    _require(current)
    if current.working and (now - current.moved_at).total_seconds() < STILL_SECONDS:
        raise Refused(_("It is being worked on."))
    if not current.working:
        current.state = State.RUNNING if current.checked else State.CHECKING
    if not current.done:  # what all-or-nothing noted is found again
        current.failed = 0
        RowError.objects.filter(run=current).delete()
    current.error, current.moved_at = "", now
    current.save(update_fields=["state", "error", "failed", "moved_at"])
    audit.record(action="import.resumed", target=str(current.uuid), after={"done": current.done})
    go_on(current)
    return current


@transaction.atomic
def cancel(*, run: ImportRun) -> ImportRun:
    """Stop for good and delete the file. Rows that are in stay in."""
    current = _locked(
        run, *(state for state in State if state not in (State.DONE, State.CANCELLED))
    )
    current.state, current.finished_at = State.CANCELLED, timezone.now()
    current.unknown = {}
    current.save(update_fields=["state", "finished_at", "unknown"])
    RowError.objects.filter(run=current).delete()
    transaction.on_commit(lambda: store.remove(current))
    audit.record(action="import.cancelled", target=str(current.uuid), after={"done": current.done})
    return current


def _locked(run: ImportRun, *states: str) -> ImportRun:
    current = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if current.state not in states:
        raise Refused(_("The import has moved on in the meantime. Please look at it again."))
    return current


def _require(run: ImportRun) -> None:
    importer = registry.find(run.kind)
    if importer is not None:
        importer.require()


def _begin(run: ImportRun, state: ImportRun.State) -> ImportRun:
    """Put the run at the beginning of a stage and send it on its way."""
    _require(run)
    run.state, run.checked = state, state == State.RUNNING
    run.done = run.position = run.created = run.updated = run.unchanged = run.failed = 0
    run.error, run.unknown, run.moved_at = "", {}, timezone.now()
    if state == State.CHECKING:
        run.total = 0
    run.save()
    RowError.objects.filter(run=run).delete()
    go_on(run)
    return run
