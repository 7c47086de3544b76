"""Reading a sealed incident: asked with a reason, granted by a second person, audited each time."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.emergency import topics, workflow
from modules.emergency.models import Incident, SealAccess
from modules.emergency.selectors import sealing
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

LASTS: Final = timedelta(minutes=60)


@transaction.atomic
def read(*, incident: Incident, by: "User") -> Incident:
    """Return what ``by`` may see: the incident itself, or its redacted copy.

    Every reading of a sealed one is audited; call this once for each page that shows it.
    """
    if not incident.sealed:
        return incident
    if not sealing.visible(incident, by):
        return sealing.redacted(incident)
    audit.record(action="emergency.sealed_read", target=incident.number)
    return incident


@transaction.atomic
def ask(*, incident: Incident, by: "User", reason: str, now: datetime | None = None) -> SealAccess:
    """Ask to read a sealed incident; who has asked already and waits is not a second row.

    Raises:
        NotAllowed: without a reason, or when nothing is closed to ``by``.
    """
    if not reason.strip():
        raise NotAllowed(_("Say why you need to read it."))
    if sealing.visible(incident, by, now):
        raise NotAllowed(_("You can read it already."))
    current = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    wish = SealAccess.objects.filter(incident=current, user=by, granted=None).first()
    if wish is None:
        wish = SealAccess.objects.create(
            incident=current, user=by, reason=reason.strip()[:255], asked_at=now or timezone.now()
        )
        publish(topics.SEAL, incident=current.pk)
        audit.record(action="emergency.seal_asked", target=current.number, reason=wish.reason)
    return wish


@transaction.atomic
def decide(
    *, wish: SealAccess, granted: bool, by: "User", now: datetime | None = None
) -> SealAccess:
    """Let somebody in for an hour, or not: always a second person.

    Raises:
        NotAllowed: when it was decided already.
        PermissionDenied: for the one who asked, and for who does not run the shift.
    """
    now = now or timezone.now()
    current = _locked(wish)
    if current.user_id == by.pk or not by.has_perm(workflow.SUPERVISE):
        raise PermissionDenied
    if current.granted is not None:
        raise NotAllowed(workflow.MOVED_ON)
    current.granted, current.decided_by, current.decided_at = granted, by, now
    current.until = now + LASTS if granted else None
    current.save(update_fields=["granted", "decided_by", "decided_at", "until"])
    publish(topics.SEAL, incident=current.incident_id)
    audit.record(
        action="emergency.seal_granted" if granted else "emergency.seal_refused",
        target=current.incident.number,
        after={"for": str(current.user.uuid)},
        reason=current.reason,
    )
    return current


@transaction.atomic
def revoke(*, access: SealAccess, by: "User", now: datetime | None = None) -> SealAccess:
    """End a grant before its time: who holds it, or who runs the shift.

    Raises:
        PermissionDenied: for others.
    """
    now = now or timezone.now()
    current = _locked(access)
    if current.user_id != by.pk and not by.has_perm(workflow.SUPERVISE):
        raise PermissionDenied
    if current.until is None or current.until <= now:
        return current
    current.until = now
    current.save(update_fields=["until"])
    publish(topics.SEAL, incident=current.incident_id)
    audit.record(
        action="emergency.seal_revoked", target=current.incident.number,
        after={"for": str(current.user.uuid)},
    )  # fmt: skip
    return current


def _locked(access: SealAccess) -> SealAccess:
    found = SealAccess.objects.select_for_update(of=("self",))
    return found.select_related("incident", "user").get(pk=access.pk)
