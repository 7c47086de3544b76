"""The one place where a row changes state: rights, table, clock, history, event, audit."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.outbox import publish
from balai.workcal import clocks
from modules.jobs import conf, rights, workflow
from modules.jobs.models.base import Storied
from modules.jobs.workflow import Move, NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

T = TypeVar("T", bound=Storied)
RELATED = {"employer": (), "vacancy": ("employer",), "application": ("vacancy", "seeker")}


@transaction.atomic
def move(
    name: str,
    row: T,
    *,
    by: "User | None",
    text: str = "",
    changes: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> T:
    """Make the move called ``name`` and return the row as it is now.

    Args:
        by: who makes it; None is the clock.
        text: what is said with it, shown to the other side.
        changes: further fields that change with the move.
        now: when it happens; an aware time, the present by default.

    Raises:
        NotAllowed: when the table does not know the move from here, or words are missing.
        PermissionDenied: when it is another side's move.
    """
    now = now or timezone.now()
    current: Any = locked(row)
    step = workflow.get(current, name)
    side = rights.side_of(by, step, current)
    if side is None:
        raise PermissionDenied
    reason = workflow.problem(step, current, now)
    if reason:
        raise NotAllowed(reason)
    if step.asks and not text.strip():
        raise NotAllowed(workflow.MOVED_ON)
    before, current.state = current.state, step.target
    for field, value in (changes or {}).items():
        setattr(current, field, value)
    _wind(current, step, now)
    write(current, step.name, text=text, who=side, now=now)
    current.save(update_fields=sorted({"state", "due_at", "history", *(changes or {})}))
    told(current, step.name, before)
    return current  # type: ignore[no-any-return]  # the locked twin of row


def locked(row: T) -> T:
    """Return the row as it is now, kept for this transaction."""
    model: Any = type(row)
    rows = model.objects.select_for_update(of=("self",))
    found: T = rows.select_related(*RELATED.get(workflow.name_of(row), ())).get(pk=row.pk)
    return found


def write(row: Storied, name: str, *, text: str, who: Who, now: datetime) -> None:
    """Append a line to the row's history; the caller saves it."""
    state = getattr(row, "state", "")
    line = {"move": name, "state": str(state), "at": now.isoformat(), "by": who.value}
    row.history = [*row.history, {**line, "text": text.strip()}]


def told(row: Storied, name: str, before: str = "") -> None:
    """Publish what happened and write the audit row, last in the caller's transaction."""
    kind, state = workflow.name_of(row), str(getattr(row, "state", ""))
    publish(f"jobs.{kind}_{name}", key=str(row.uuid), **{kind: row.pk})
    old = {"state": str(before)} if before else {}
    audit.record(
        action=f"jobs.{kind}_{name}", target=str(row.uuid), before=old, after={"state": state}
    )


def begin(row: Storied, setting: str, now: datetime) -> None:
    """Start the clock of a row that has just come in; the caller saves ``due_at``."""
    days = int(getattr(conf.current(), setting))
    clock = clocks.start(kind=clock_of(row), subject=row.uuid, days=days, now=now)
    row.due_at = clock.due_at


def clock_of(row: Storied) -> str:
    """Return the kind of a row's clock: "jobs.employer"."""
    return f"jobs.{workflow.name_of(row)}"


def _wind(row: Storied, step: Move, now: datetime) -> None:
    """Give the side whose turn it is its days, or stop the clock."""
    if step.waits is None:
        if row.due_at is not None:
            clocks.stop(kind=clock_of(row), subject=row.uuid, now=now)
        row.due_at = None
        return
    setting, plain = step.waits
    days = int(getattr(conf.current(), setting))
    clock = clocks.start(kind=clock_of(row), subject=row.uuid, days=days, now=now, plain_days=plain)
    row.due_at = clock.due_at
