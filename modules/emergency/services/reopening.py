"""Noise that was closed by a slip is a form again, for a few minutes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.outbox import publish
from modules.emergency import topics, workflow
from modules.emergency.models import Call, Draft
from modules.emergency.states import CallType
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

WITHIN: Final = timedelta(minutes=5)


@transaction.atomic
def reopen(*, call: Call, by: "User", sealed: bytes, now: datetime | None = None) -> Draft:
    """Make a closed noise call a form again, with its key, its time and what was typed.

    Args:
        sealed: the form as ``drafting.sealed`` returned it when the call was closed.

    Raises:
        NotAllowed: for an emergency, or when it is too late.
        PermissionDenied: for another taker's call.
    """
    now = now or timezone.now()
    current = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if current.taker_id != by.pk:
        raise PermissionDenied
    if current.kind == CallType.NORMAL or now - current.classified_at > WITHIN:
        raise NotAllowed(workflow.MOVED_ON)
    draft = Draft.objects.create(
        key=current.key, taker=by, sealed=sealed, begun_at=current.answered_at, saved_at=now
    )
    publish(topics.NOISE, call=current.pk)
    audit.record(
        action="emergency.noise_reopened", target=str(current.key), before={"kind": current.kind}
    )
    current.delete()
    return draft
