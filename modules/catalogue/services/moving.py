"""The one place where an app changes state: right, table, event, audit."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.catalogue import workflow
from modules.catalogue.models import App
from modules.catalogue.states import State
from modules.catalogue.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

FIELDS = ["state", "state_note", "retire_on", "replaced_by", "updated_at"]


@transaction.atomic
def move(
    name: str,
    *,
    app: App,
    by: "User | None",
    reason: str = "",
    retire_on: date | None = None,
    replaced_by: App | None = None,
) -> App:
    """Make the move called ``name``.

    Args:
        by: who; None is the clock, which may.
        reason: why, for everybody to read.
        retire_on: the last day that the app can be used; for "plan".
        replaced_by: where people go instead; for "plan" and "retire".

    Raises:
        NotAllowed: when the table does not know the move from here, or something is missing.
        PermissionDenied: when ``by`` lacks the right.
    """
    if by is not None and not by.has_perm(workflow.MANAGE):
        raise PermissionDenied
    step = workflow.get(name)
    current = App.objects.select_for_update().get(pk=app.pk)
    workflow.require(step, current.state)
    _require(step, current, reason, retire_on, replaced_by)
    before, current.state = current.state, step.target
    current.state_note = reason
    if name in {"keep", "restore"}:
        current.retire_on = current.replaced_by = None
    if retire_on and "retire_on" in step.asks:
        current.retire_on = retire_on
    if replaced_by and step.target in {State.RETIRING, State.RETIRED}:
        current.replaced_by = replaced_by
    current.save(update_fields=FIELDS)
    publish(step.topic, key=current.slug, app=current.pk)
    audit.record(
        action=step.topic, target=current.slug, reason=reason,
        before={"state": before}, after={"state": current.state, "retire_on": current.retire_on},
    )  # fmt: skip
    return current


def retire_due(*, today: date) -> int:
    """Retire the apps whose last day is over; return how many."""
    due = App.objects.filter(state=State.RETIRING, retire_on__lt=today)
    for app in due:
        move("retire", app=app, by=None, reason=app.state_note or _("Its last day is over."))
    return len(due)


def _require(
    step: workflow.Move, app: App, reason: str, retire_on: date | None, instead: App | None
) -> None:
    if "reason" in step.asks and not reason.strip():
        raise NotAllowed(_("Write why."))
    if "retire_on" in step.asks and (retire_on is None or retire_on < timezone.localdate()):
        raise NotAllowed(_("The last day is today or later."))
    if instead is not None and (instead.pk == app.pk or instead.state == State.RETIRED):
        raise NotAllowed(_("Another app that is in use must take its place."))
