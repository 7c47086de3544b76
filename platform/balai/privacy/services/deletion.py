"""Delete a person: asked, 72 hours to take it back, then done, with a receipt of what stays.

Sources: UU PDP 27/2022, articles 8, 42 to 45.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import structlog
from django.db import transaction
from django.utils import timezone

from balai import audit, notify
from balai.accounts import people
from balai.accounts.members import selectors as roles_held
from balai.accounts.members.services import lock_admins
from balai.audit.actor import acting_as
from balai.notify.models import Message, Status
from balai.privacy import law, ledger, subjects
from balai.privacy.models import DataRequest
from balai.privacy.person import Person, Ticket
from balai.privacy.services import requests
from balai.privacy.states import State
from balai.privacy.subjects import Kept

RECEIPT: Final = "privacy/erased"
log = structlog.get_logger(__name__)


@transaction.atomic
def ask(*, person: Person, now: datetime | None = None) -> DataRequest:
    """Record the wish; it is carried out after 72 hours unless it is taken back.

    Raises:
        ValidationError: for the last admin: the region must not be left without one.
    """
    now = now or timezone.now()
    if person.user is not None:
        lock_admins()
        for membership in roles_held.held_by(person.user):
            roles_held.check_not_last_admin(membership)
    return requests.receive(
        person=person, kind=law.Kind.DELETION, runs_at=now + law.WINDOW, now=now
    )


def run_due(*, now: datetime) -> int:
    """Carry out what is due; return how many. One that fails is left for the next round.

    Each has its own transaction: a failure leaves nothing half deleted.
    """
    due = DataRequest.objects.filter(kind=law.Kind.DELETION, state=State.WAITING, runs_at__lte=now)
    done = 0
    for pk in list(due.order_by("runs_at").values_list("pk", flat=True)):
        try:
            done += carry_out(pk=pk, now=now)
        except Exception as error:  # told to whoever watches the jobs; the others go on
            log.error("privacy_deletion_failed", request=pk, error=type(error).__name__)
    return done


@transaction.atomic
def carry_out(*, pk: int, now: datetime) -> bool:
    """Erase a person from every part, close the account, keep a receipt; False if taken back."""
    row = DataRequest.objects.select_for_update().get(pk=pk)
    if row.state != State.WAITING or row.runs_at is None or row.runs_at > now:
        return False
    person = of(row)
    with acting_as("system"):
        if person is None:  # the account was closed another way in the meantime
            requests.fulfil(request=row, receipt={"kept": []}, now=now)
            return True
        ledger.forget(person)
        kept = subjects.erase(person, now)
        requests.of(person).exclude(pk=row.pk).update(asked=None, answered=None)
        requests.fulfil(request=row, receipt={"kept": _told(kept)}, now=now)
        if person.user is not None:
            _send_receipt(person.user, row)
            people.close_account(user=person.user)
        audit.record(action="privacy.person_erased", target=row.number)
    return True


def forget_receipts() -> int:
    """Erase the address of each receipt that has been sent; return how many."""
    sent = Message.objects.filter(template=RECEIPT).exclude(status=Status.QUEUED)
    return int(sent.delete()[0])


def _send_receipt(user: Any, row: DataRequest) -> None:
    """Queue the last letter by bare address: the account has none in a moment (article 45)."""
    notify.send(
        template=RECEIPT,
        to=notify.Recipient(email=user.email or "", phone="" if user.email else user.phone or ""),
        language=user.language,
        context={"number": row.number},
        dedupe_key=f"privacy.erased:{row.uuid.hex}",
    )


def of(row: DataRequest) -> Person | None:
    """Return whose request it is."""
    if row.user is not None:
        return Person(user=row.user)
    return Person(ticket=Ticket.parse(row.ticket)) if row.ticket else None


def _told(kept: Iterable[Kept]) -> list[dict[str, Any]]:
    """Return what stays as a receipt keeps it: in the region's first language."""
    return [
        {"what": str(one.what), "why": str(one.why), "count": one.count,
         "tables": list(one.tables)}
        for one in kept
        if one.count
    ]  # fmt: skip
