"""One action on many reports: it waits, so that it can be taken back, then each is done alone.

The event "due" is held back until the time is over. It starts one event a report, so that each
report has its own transaction, and the outbox remembers which of them are done: a process that
ends in the middle loses nothing and repeats nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from balai import audit
from balai.accounts.models import User
from balai.audit.actor import acting_as
from balai.files import UploadRejected
from balai.outbox import publish
from balai.outbox.services import publish as publish_later
from modules.complaints import conf, rights
from modules.complaints.models import BulkAction, Complaint
from modules.complaints.selectors.bulk import BEGUN, DONE, UNDONE
from modules.complaints.services.bulk_steps import STEPS
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User as Officer

MOST = 500
DUE, ITEM = "complaints.bulk_due", "complaints.bulk_item"
KEPT = timedelta(days=90)
State = BulkAction.State


@transaction.atomic
def schedule(
    *,
    action: str,
    targets: Iterable[UUID],
    values: Mapping[str, Any],
    by: "Officer",
    now: datetime | None = None,
) -> BulkAction:
    """Keep a bulk action a while; then it is carried out unless it was taken back.

    Args:
        action: a key of ``STEPS``.
        targets: uuids of reports, at most :data:`MOST`; those out of reach count as absent.
        values: what the action's form asked, as JSON.

    Raises:
        NotAllowed: when none of the reports is within reach, or there are too many.
        PermissionDenied: when ``by`` has not the action's right anywhere.
    """
    if not by.has_perm(STEPS[action].permission):
        raise PermissionDenied
    wanted = list(dict.fromkeys(targets))
    if len(wanted) > MOST:
        raise NotAllowed(_("At most %(most)d reports at a time.") % {"most": MOST})
    reach = rights.within_reach(Complaint.objects.all(), by).filter(uuid__in=wanted)
    known = set(reach.order_by().values_list("uuid", flat=True))
    chosen = [str(uuid) for uuid in wanted if uuid in known]
    if not chosen:
        raise NotAllowed(_("Choose at least one report."))
    due_at = (now or timezone.now()) + timedelta(seconds=conf.current().bulk_wait_seconds)
    kept = BulkAction.objects.create(
        user=by, action=action, values=dict(values), targets=chosen, due_at=due_at
    )
    publish_later(DUE, key=str(kept.uuid), payload={"bulk": str(kept.uuid)}, not_before=due_at)
    audit.record(
        action="complaints.bulk_scheduled", target=str(kept.uuid),
        after={"action": action, "reports": len(chosen)},
    )  # fmt: skip
    return kept


@transaction.atomic
def take_back(*, action: BulkAction) -> None:
    """Cancel a bulk action that has not begun.

    Raises:
        NotAllowed: when it has.
    """
    current = _locked(action.uuid)
    if current.state != State.WAITING:
        raise NotAllowed(_("It has begun already and cannot be taken back."))
    current.state = State.UNDONE
    current.save(update_fields=["state"])
    publish(UNDONE, key=str(current.uuid))
    audit.record(action="complaints.bulk_undone", target=str(current.uuid))


@transaction.atomic
def begin(*, reference: UUID) -> int:
    """Start what was not taken back: one event a report. Return how many; 0 the second time."""
    current = _locked(reference)
    if current.state != State.WAITING:
        return 0
    current.state = State.RUNNING
    current.save(update_fields=["state"])
    for target in current.targets:
        publish(ITEM, key=str(current.uuid), bulk=str(current.uuid), target=target)
    publish(BEGUN, key=str(current.uuid))
    return len(current.targets)


@transaction.atomic
def carry_out(*, reference: UUID, target: str) -> None:
    """Do it to one report, with the rights that the officer has now; note why not otherwise."""
    action = BulkAction.objects.select_related("user").get(pk=reference)
    if action.state != State.RUNNING or target in action.outcome:
        return
    with acting_as(action.user.label, action.user.uuid), translation.override(action.user.language):
        refusal = _attempt(action, target, action.user)
    current = _locked(reference)  # last, so that reports of one action wait for each other briefly
    current.outcome[target] = refusal
    if len(current.outcome) == len(current.targets):
        current.state, current.done_at = State.DONE, timezone.now()
        publish(DONE, key=str(reference))
    current.save(update_fields=["outcome", "state", "done_at"])


@transaction.atomic
def forget_actions(*, now: datetime) -> int:
    """Remove bulk actions of long ago; return how many."""
    return int(BulkAction.objects.filter(due_at__lt=now - KEPT).delete()[0])


def _attempt(action: BulkAction, target: str, by: User) -> str:
    """Return "" when it was done, else the reason in the officer's words."""
    reach = rights.within_reach(Complaint.objects.all(), by).filter(uuid=target)
    complaint = reach.select_related("category__agency", "agency", "assignee").first()
    if complaint is None:
        return _("The report is no longer within your reach.")
    try:
        with transaction.atomic():
            STEPS[action.action].run(complaint, action.values, by)
    except PermissionDenied:
        return _("You have not the right to do this here.")
    except (NotAllowed, UploadRejected) as refusal:
        return str(refusal)
    return ""


def _locked(reference: UUID) -> BulkAction:
    return BulkAction.objects.select_for_update().get(pk=reference)
