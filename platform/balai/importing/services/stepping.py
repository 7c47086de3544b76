"""Go through an import slice by slice. Each is one event: its rows, the place where the next
begins and the event for it commit together, so that a killed worker neither loses nor repeats.
"""

import time
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from balai import audit, outbox
from balai.audit.actor import acting_as
from balai.endpoints import StoppedError
from balai.importing import registry, store
from balai.importing.columns import Importer, Outcome
from balai.importing.models import ImportRun, RowError
from balai.importing.reading import TableProblem
from balai.importing.services.judging import Verdict, judge
from balai.importing.services.unfolding import unfold
from balai.outbox.delivery import describe

if TYPE_CHECKING:
    from uuid import UUID

log = structlog.get_logger(__name__)
State = ImportRun.State
STEP: Final = "importing.step"
ENDED: Final = "importing.ended"
TOPICS: Final = (STEP, ENDED)
CHECK_SECONDS: Final = 10.0
CHECK_ROWS: Final = 500
MOST_UNKNOWN: Final = 200
NOTHING_IN = gettext_noop("Nothing was imported: some rows have mistakes.")
STOPPED = gettext_noop("This site may publish nothing at present. Go on when it may again.")
NO_IMPORTER = gettext_noop("The module that takes this table in has been switched off.")


class _NotTogether(Exception):  # noqa: N818  # it undoes a slice
    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


def go_on(run: ImportRun) -> None:
    """Send the run's next slice on its way, in the caller's transaction."""
    outbox.publish(STEP, key=str(run.uuid), run=run.pk)


@transaction.atomic
def advance(pk: int) -> None:
    """Do one slice of a run and send the next one on its way; nothing for one that is over.

    Raises:
        OperationalError, InterfaceError: when the database is away; the outbox tries again.
    """
    run = ImportRun.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if run is None or not run.working:
        return
    try:
        with transaction.atomic(), acting_as("import", _who(run)):
            _slice(run)
    except (OperationalError, InterfaceError):
        raise
    except TableProblem as problem:
        _fail(pk, str(problem))
    except StoppedError:
        _fail(pk, STOPPED)
    except _NotTogether as refusal:
        _fail(pk, NOTHING_IN, refusal.verdict)
    except Exception as error:  # whatever an importer does wrong must not be tried twelve times
        log.error("import_failed", run=str(run.uuid), kind=run.kind, problem=describe(error))
        _fail(pk, describe(error))
    else:
        if run.working:
            go_on(run)
        else:
            outbox.publish(ENDED, key=str(run.uuid), run=run.pk)


def _slice(run: ImportRun) -> None:
    cls = registry.find(run.kind)
    if cls is None:
        raise TableProblem(NO_IMPORTER)
    cls.require()
    if run.state == State.CHECKING and not run.total:
        run.total = unfold(run, cls)
        run.moved_at = timezone.now()
        run.save(update_fields=["total", "moved_at"])
        return
    importer = cls()
    importer.prepare(run)
    if run.state == State.CHECKING:
        _check(run, importer)
    else:
        _write(run, importer)


def _check(run: ImportRun, importer: Importer) -> None:
    """Judge rows for some seconds without writing any of them."""
    until = time.monotonic() + CHECK_SECONDS
    lines = store.lines(run, start=run.position)
    while part := list(islice(lines, CHECK_ROWS)):
        verdict = judge(run, importer, part)
        _note(run, verdict)
        run.done, run.position = run.done + len(part), part[-1].end
        if time.monotonic() > until:
            break
    if run.done >= run.total:
        run.state, run.checked = State.CHECKED, True
    _save(run)


def _write(run: ImportRun, importer: Importer) -> None:
    """Write one batch of good rows and remember where the next begins."""
    most = None if run.together else importer.batch
    lines = list(store.lines(run, start=run.position, most=most))
    verdict = judge(run, importer, lines)
    if run.together and verdict.bad:
        raise _NotTogether(verdict)
    _note(run, verdict)
    outcome = importer.write(verdict.good) if verdict.good else Outcome()
    run.created += outcome.created
    run.updated += outcome.updated
    run.unchanged += outcome.unchanged
    if lines:
        run.done, run.position = run.done + len(lines), lines[-1].end
    if run.done >= run.total or not lines:
        run.state, run.finished_at = State.DONE, timezone.now()
    _save(run)
    if run.state == State.DONE:
        after = {name: getattr(run, name) for name in ("created", "updated", "failed")}
        audit.record(action="import.finished", target=str(run.uuid), after=after)


def _note(run: ImportRun, verdict: Verdict) -> None:
    """Keep what is wrong; of unknown values no more than a person would match by hand."""
    RowError.objects.bulk_create(verdict.errors)
    run.failed += verdict.bad
    for column, texts in verdict.unknown.items():
        known = run.unknown.setdefault(column, {})
        for text, count in texts.items():
            if text in known or len(known) < MOST_UNKNOWN:
                known[text] = known.get(text, 0) + count


def _save(run: ImportRun) -> None:
    run.moved_at = timezone.now()
    run.save()


def _fail(pk: int, error: str, verdict: Verdict | None = None) -> None:
    run = ImportRun.objects.get(pk=pk)
    now: datetime = timezone.now()
    run.state, run.error, run.moved_at, run.finished_at = State.FAILED, error[:200], now, now
    if verdict:
        _note(run, verdict)
    run.save()
    audit.record(action="import.failed", target=str(run.uuid), after={"done": run.done})
    outbox.publish(ENDED, key=str(run.uuid), run=run.pk)


def _who(run: ImportRun) -> "UUID | None":
    return run.created_by.uuid if run.created_by else None
