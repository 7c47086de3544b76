"""Background jobs that ended with an error: remembered, sent again, put aside."""

import hashlib
import json
from typing import Any, Final
from uuid import UUID

import structlog
from celery import Task, current_app
from celery.signals import task_failure
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from balai import audit, context
from balai.audit.redaction import clean
from balai.outbox.delivery import describe
from balai.tasks import HEADER, RegionTask
from provisioning.models import FailedTask, TaskState
from tenants.models import Region
from tenants.selectors import freeze

log = structlog.get_logger(__name__)
LONGEST: Final = 2000
"""Signs of arguments that are kept; longer ones cannot be sent again."""


def connect() -> None:
    """Remember every job that fails for good in this process."""
    task_failure.connect(_failed, dispatch_uid="provisioning.failed_task", weak=False)


def _failed(
    sender: Task, exception: Exception, args: Any = (), kwargs: Any = None, **rest: Any
) -> None:
    try:
        remember(sender, exception, list(args or ()), dict(kwargs or {}))
    except DatabaseError as error:  # the worker must not stumble over its own diary
        log.warning("failed_task_not_kept", task=sender.name, error=type(error).__name__)


def remember(task: Task, error: Exception, args: list[Any], kwargs: dict[str, Any]) -> FailedTask:
    """Keep a failed job, or count it up; one that was put aside is to be looked at again."""
    plain, exact = _plain({"args": args, "kwargs": kwargs})
    schema = _schema(task)
    text = json.dumps([task.name, plain], sort_keys=True)
    now = timezone.now()
    told = {"problem": describe(error), "last_at": now, "state": TaskState.OPEN, "exact": exact}
    with context.platform(), transaction.atomic():
        region = Region.objects.filter(schema_name=schema).first() if schema else None
        row, new = FailedTask.objects.get_or_create(
            region=region,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            defaults={"name": task.name, "args": plain, "first_at": now, **told},
        )
        if not new:
            FailedTask.objects.filter(pk=row.pk).update(times=F("times") + 1, **told)
    return row


def retry(row: FailedTask) -> None:
    """Send a job to the workers again, in its own region. Runs on the platform.

    Raises:
        ValidationError: when its arguments were not kept, its code is gone, or no worker can
            be reached.
    """
    task = current_app.tasks.get(row.name)
    if task is None or not row.exact:
        raise ValidationError(_("This job cannot be sent again: its arguments were not kept."))
    if isinstance(task, RegionTask) and row.region is None:
        raise ValidationError(_("This job belongs to a region that is gone."))
    active = freeze(row.region) if row.region else context.PLATFORM
    token = context.activate(active)
    try:
        task.apply_async(row.args["args"], row.args["kwargs"])
    except OperationalError as error:
        raise ValidationError(
            _("The workers cannot be reached just now. Try again in a minute.")
        ) from error
    finally:
        context.deactivate(token)
    _mark(row, TaskState.RETRIED, "task.retried")


def dismiss(row: FailedTask) -> None:
    """Put a failed job aside; :func:`reopen` takes it back."""
    _mark(row, TaskState.DISMISSED, "task.dismissed")


def reopen(row: FailedTask) -> None:
    """Take a job back among those to be looked at."""
    _mark(row, TaskState.OPEN, "task.reopened")


@transaction.atomic
def _mark(row: FailedTask, state: TaskState, action: str) -> None:
    if FailedTask.objects.filter(pk=row.pk).exclude(state=state).update(state=state):
        audit.record(action=action, target=f"{row.name} {row.pk}")


def _schema(task: Task) -> str:
    """Return the schema the job's message named, "" for the platform's own."""
    nested = task.request.headers or {}
    named = task.request.get(HEADER) or nested.get(HEADER)
    active = context.region_or_none()
    return str(named or (active.schema if active else ""))


def _plain(value: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return the arguments fit for keeping, and whether they are still the same."""
    try:
        given = json.loads(json.dumps(value, default=_word))
    except TypeError:
        return {"args": [], "kwargs": {}}, False
    kept = clean(given)
    if len(json.dumps(kept)) > LONGEST:
        return {"args": [], "kwargs": {}}, False
    return kept, kept == given


def _word(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
