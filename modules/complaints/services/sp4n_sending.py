"""Hand reports over to SP4N-LAPOR!: once each, tried again for hours, never in the way of work."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import services as outbox
from modules.complaints import conf, sp4n, workflow
from modules.complaints.models import Complaint, OutsideCase
from modules.complaints.services.moving import locked, require
from modules.complaints.sp4n import Mode, OutgoingCase, Undeliverable
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

log = structlog.get_logger(__name__)
SP4N, State = OutsideCase.System.SP4N, OutsideCase.State
WANTED: Final = "complaints.sp4n_wanted"
CHANGED: Final = "complaints.sp4n_changed"
MAX_ATTEMPTS: Final = 10
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=6)
NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{2,63}\Z")


@transaction.atomic
def send(*, complaint: Complaint, by: "User | None") -> OutsideCase:
    """Put a report on its way; a receiver does it once this commits.

    Args:
        by: the officer who asks; None for the region's rule for its kind of problem.

    Raises:
        NotAllowed: when nothing goes by itself here, or it has been sent already.
        PermissionDenied: when ``by`` may not verify.
    """
    current = locked(complaint)
    if by is not None:
        require(by, workflow.VERIFY, current)
    if sp4n.channel() is None:
        raise NotAllowed(_("The region is not connected to SP4N-LAPOR!"))
    if twin_of(current) is not None:
        raise NotAllowed(_("The report is with SP4N-LAPOR! already."))
    twin = OutsideCase.objects.create(complaint=current, system=SP4N)
    _want(twin)
    audit.record(action="complaints.sp4n_sent", target=current.number)
    return twin


def send_by_rule(complaint: Complaint) -> bool:
    """Send a verified report whose kind goes there by itself; never a secret or made-up one."""
    chosen = complaint.category.slug in conf.current().sp4n_auto
    if not chosen or complaint.secret or complaint.sample or sp4n.channel() is None:
        return False
    if twin_of(complaint) is not None:
        return False
    send(complaint=complaint, by=None)
    return True


@transaction.atomic
def retry(*, outside: OutsideCase) -> OutsideCase:
    """Try a failed sending again from the beginning."""
    twin = OutsideCase.objects.select_for_update().get(pk=outside.pk)
    if twin.system != SP4N or twin.state != State.FAILED or twin.external_id:
        raise NotAllowed(_("There is nothing to try again."))
    twin.state, twin.attempts, twin.error = State.WAITING, 0, ""
    twin.save(update_fields=["state", "attempts", "error"])
    _want(twin)
    audit.record(action="complaints.sp4n_retried", target=twin.complaint.number)
    return twin


@transaction.atomic
def note_by_hand(
    *, complaint: Complaint, external_id: str, status: str, by: "User",
    now: datetime | None = None,
) -> OutsideCase:  # fmt: skip
    """Write down the number and status that somebody read on SP4N's own pages.

    Raises:
        NotAllowed: for a number of another shape, or one that another report has.
        PermissionDenied: when ``by`` may not verify.
    """
    current = locked(complaint)
    require(by, workflow.VERIFY, current)
    if not NUMBER.match(external_id):
        raise NotAllowed(_("SP4N-LAPOR! has no numbers like this."))
    twin = twin_of(current) or OutsideCase(complaint=current, system=SP4N)
    before = {"external_id": twin.external_id or "", "status": twin.status}
    twin.external_id, twin.status, twin.error = external_id, status, ""
    twin.state, twin.synced_at = State.ACKNOWLEDGED, now or timezone.now()
    try:
        with transaction.atomic():
            twin.save()
    except IntegrityError as error:
        raise NotAllowed(_("Another report has this number already.")) from error
    after = {"external_id": external_id, "status": status}
    audit.record(action="complaints.sp4n_noted", target=current.number, before=before, after=after)
    announce(twin)
    return twin


def deliver(outside_id: int, *, now: datetime | None = None) -> None:
    """Hand a waiting report to the channel; inside the transaction of its event.

    A failure is written down and tried again, with a longer pause each time.
    """
    twin = OutsideCase.objects.select_for_update(of=("self",)).filter(pk=outside_id).first()
    if twin is None or twin.state != State.WAITING or twin.external_id:
        return
    now = now or timezone.now()
    way = sp4n.channel()
    if way is None:
        _close(twin, State.FAILED, "no connection", now)
        return
    twin.attempts += 1
    try:
        number = way.send(outgoing(twin.complaint, str(twin.uuid)))
        with transaction.atomic():
            twin.external_id = number
            _close(twin, State.SENT, "", now)
    except Undeliverable as refusal:
        _close(twin, State.FAILED, str(refusal), now)
    except IntegrityError:
        _close(twin, State.FAILED, "another report has the number that came back", now)
    except Exception as error:  # whatever it is, the list of exchanges must show it
        log.warning("sp4n_failed", outside=twin.pk, error=type(error).__name__)
        last = twin.attempts >= MAX_ATTEMPTS
        _close(twin, State.FAILED if last else State.WAITING, describe(error), now)
        if not last:
            _want(twin, now + min(FIRST_PAUSE * 2 ** (twin.attempts - 1), LONGEST_PAUSE))


def outgoing(complaint: Complaint, reference: str) -> OutgoingCase:
    """Return what the other side is told: nothing of the reporter."""
    return OutgoingCase(
        reference=reference,
        number=complaint.number,
        title=complaint.title,
        text=complaint.text,
        category=complaint.category.label_id,
        place=", ".join(filter(None, (complaint.landmark, complaint.place))),
        latitude=complaint.latitude,
        longitude=complaint.longitude,
        created_at=complaint.created_at,
    )


def twin_of(complaint: Complaint) -> OutsideCase | None:
    """Return the report's case in SP4N-LAPOR!, if it has one."""
    return OutsideCase.objects.filter(complaint=complaint, system=SP4N).first()


def describe(error: Exception) -> str:
    """Return an error's kind, with our own channels' words; never what came back."""
    words = str(error) if isinstance(error, ConnectionError) and error.errno is None else ""
    return f"{type(error).__name__}: {words}".rstrip(": ")[:200]


def announce(twin: OutsideCase) -> None:
    """Tell open pages that an exchange has moved on."""
    outbox.publish(CHANGED, key=str(twin.complaint.uuid), payload={"outside": twin.pk})


def by_hand() -> bool:
    """Tell whether officers write SP4N's numbers down here."""
    return sp4n.mode() is not Mode.OFF


def _want(twin: OutsideCase, not_before: datetime | None = None) -> None:
    outbox.publish(WANTED, key=str(twin.uuid), payload={"outside": twin.pk}, not_before=not_before)


def _close(twin: OutsideCase, state: OutsideCase.State, error: str, now: datetime) -> None:
    if state != State.SENT:
        twin.external_id = None
    twin.state, twin.error, twin.synced_at = state, error[:200], now
    twin.save(update_fields=["state", "error", "attempts", "external_id", "synced_at"])
    announce(twin)
