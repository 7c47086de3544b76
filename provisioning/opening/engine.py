"""Runs an opening's steps: each commits by itself, together with the mark that it is done."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from balai.context import crossing, platform
from provisioning.models import Opening, OpeningState, Step, StepState
from provisioning.opening import progress as news, steps

log = structlog.get_logger(__name__)
Progress = Callable[[Step], None]
LOCK: Final = 0x42414C41  # the first of the two keys of pg_advisory_xact_lock


class BusyError(Exception):
    """Raised when another process is running this opening's steps."""


def advance(opening: Opening, progress: Progress | None = None) -> Opening:
    """Run the steps that are left, in order, until the end or the first that fails.

    It may be killed at any moment and called again, also by somebody else: a step whose
    transaction committed is marked done in it, any other has left nothing.

    Args:
        progress: called with each step when it begins and when it has ended.

    Returns:
        The opening, DONE or FAILED; RUNNING when another process is at work on it.
    """
    with platform():
        for step in _plan(opening):
            if step.state == StepState.DONE:
                continue
            try:
                step = _begin(step)
                _tell(progress, step)
                step = _run(step)
            except BusyError:
                break
            except Exception as error:
                log.exception("opening_step_failed", step=step.name, opening=str(opening.uuid))
                _tell(progress, _fail(step, error))
                break
            _tell(progress, step)
        opening.refresh_from_db()
        return opening


@transaction.atomic
def _plan(opening: Opening) -> list[Step]:
    """Write down the steps once; they are those of the code that began the opening."""
    Opening.objects.select_for_update().get(pk=opening.pk)
    if not opening.steps.exists():
        Step.objects.bulk_create(
            Step(opening=opening, name=name, position=position)
            for position, name in enumerate(steps.names_for(opening), start=1)
        )
    return list(opening.steps.select_related("opening").order_by("position"))


@transaction.atomic
def _begin(step: Step) -> Step:
    _lock(step.opening_id)
    step = Step.objects.select_related("opening").get(pk=step.pk)
    if step.state != StepState.DONE:
        step.state, step.error = StepState.RUNNING, ""
        step.attempts += 1
        step.started_at, step.finished_at = timezone.now(), None
        step.save()
        _set_state(step.opening, OpeningState.RUNNING)
        news.announce(step.opening)
    return step


@transaction.atomic
def _run(step: Step) -> Step:
    _lock(step.opening_id)
    step = Step.objects.select_related("opening", "opening__region").get(pk=step.pk)
    if step.state == StepState.DONE:
        return step
    # A region in another cell commits just before this does; steps may be done twice.
    with crossing():
        step.detail = steps.run(step.name, step.opening)
    step.state, step.finished_at = StepState.DONE, timezone.now()
    step.save()
    if not step.opening.steps.exclude(state=StepState.DONE).exists():
        _set_state(step.opening, OpeningState.DONE)
    news.announce(step.opening)
    return step


def _fail(step: Step, error: Exception) -> Step:
    # The database may be the very thing that failed: then the sweeper finds the step RUNNING.
    with suppress(DatabaseError), transaction.atomic():
        step.refresh_from_db()
        step.state, step.finished_at = StepState.FAILED, timezone.now()
        step.error = steps.explain(error)
        step.save()
        _set_state(step.opening, OpeningState.FAILED)
        news.announce(step.opening)
    return step


def _set_state(opening: Opening, state: OpeningState) -> None:
    opening.state = state
    opening.finished_at = timezone.now() if state == OpeningState.DONE else None
    opening.save(update_fields=["state", "finished_at"])


def _lock(opening_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, opening_id % 2**31])
        if not cursor.fetchone()[0]:
            raise BusyError


def _tell(progress: Progress | None, step: Step) -> None:
    if progress:
        progress(step)
