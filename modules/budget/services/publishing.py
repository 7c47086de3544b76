"""Publish a state of the budget, take it back, or delete it: the moves of ``workflow.py``."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from balai import audit, outbox
from modules.budget import workflow
from modules.budget.models import Line, Snapshot, Total
from modules.budget.states import State

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def move(*, snapshot: Snapshot, name: str, by: "User | None") -> Snapshot | None:
    """Make a move; return the state of the budget, None when it was deleted.

    Args:
        by: who does it; None is the region itself, for samples.

    Raises:
        NotAllowed: when the table of moves does not know it, or ``by`` may not.
    """
    wanted = workflow.get(name)
    if by is not None and not by.has_perm(wanted.permission):
        raise workflow.NotAllowed(str(workflow.NO_RIGHT))
    row = Snapshot.objects.select_for_update().filter(pk=snapshot.pk).first()
    refusal = workflow.problem(wanted, row.state) if row else workflow.MOVED_ON
    if row is None or refusal:
        raise workflow.NotAllowed(str(refusal))
    if wanted.target is None:
        _delete(row)
    else:
        row.state = wanted.target
        row.published_at = timezone.now() if row.state == State.PUBLISHED else None
        row.save(update_fields=["state", "published_at"])
        snapshot.state, snapshot.published_at = row.state, row.published_at
        outbox.publish(wanted.topic, key=str(row.year), snapshot=row.pk)
    told = {"year": row.year, "as_of": row.as_of.isoformat(), "lines": row.lines}
    audit.record(action=wanted.topic, target=str(row.uuid), after=told)
    return row if wanted.target else None


def _delete(row: Snapshot) -> None:
    """Delete a state with its lines and totals: three statements, whatever their number."""
    Line.objects.filter(snapshot_id=row.pk).delete()
    Total.objects.filter(snapshot_id=row.pk).delete()
    Snapshot.objects.filter(pk=row.pk).delete()
