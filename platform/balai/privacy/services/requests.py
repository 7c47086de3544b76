"""Take a request in, answer it, remind of it: all within 72 hours by the clock.

Sources: UU PDP 27/2022, articles 14 (recorded request), 30, 32, 40, 41 (three times 24 hours),
15, 33 and 41 (2) (refusals).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, outbox
from balai.privacy import law, states
from balai.privacy.models import DataRequest
from balai.privacy.person import Person
from balai.privacy.states import OPEN, NotAllowed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from balai.accounts.models import User

RECEIVED: Final = "privacy.request_received"
DECIDED: Final = "privacy.request_decided"
DUE_SOON: Final = "privacy.request_due"
"""Topics; the key is the request's uuid, and nothing of it or its person travels along."""
FEWEST: Final = 10
"""Letters of an answer: people are owed a sentence."""


@transaction.atomic
def receive(
    *,
    person: Person,
    kind: str,
    words: Mapping[str, Any] | None = None,
    purpose: str = "",
    runs_at: datetime | None = None,
    now: datetime | None = None,
) -> DataRequest:
    """Record a request; its clock begins now. A deletion or restriction that is open is returned.

    Args:
        words: what was asked, by field; encrypted before it is stored.
        runs_at: when a deletion is carried out.
    """
    now = now or timezone.now()
    if kind in (law.Kind.DELETION, law.Kind.RESTRICTION):
        known = of(person).filter(kind=kind, state__in=OPEN).first()
        if known is not None:
            return known
    row = DataRequest.objects.create(
        kind=kind, user=person.user, ticket=str(person.ticket or ""), purpose=purpose,
        asked=DataRequest.seal(dict(words)) if words else None,
        state=states.State.WAITING if runs_at else states.State.RECEIVED,
        received_at=now, due_at=law.due(now), runs_at=runs_at,
    )  # fmt: skip
    outbox.publish(RECEIVED, key=row.uuid.hex, request=row.pk)
    audit.record(action="privacy.request_received", target=row.number, after={"kind": kind})
    return row


@transaction.atomic
def fulfil(
    *,
    request: DataRequest,
    by: "User | None" = None,
    answer: str = "",
    receipt: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> DataRequest:
    """Say that it was done.

    Args:
        by: the officer; None when the system did it at once.
        receipt: what was done, in counts; no personal data.

    Raises:
        NotAllowed: when it has been dealt with already.
        ValidationError: when an officer writes no answer.
    """
    row = _locked(request)
    if row.kind == law.Kind.DELETION and by is not None:
        raise NotAllowed(_("A deletion carries itself out when its time is over."))
    if by is not None:
        _require_words(answer)
    return _decide(row, "fulfil", by, answer, {"receipt": dict(receipt or {})}, now)


@transaction.atomic
def refuse(
    *, request: DataRequest, by: "User", ground: str, answer: str, now: datetime | None = None
) -> DataRequest:
    """Refuse on a ground that the law gives for this kind, with a reason in words.

    Raises:
        NotAllowed: when it has been dealt with already.
        ValidationError: for a ground that does not fit the kind, or without words.
    """
    row = _locked(request)
    if ground not in {known.key for known in law.grounds_of(row.kind)}:
        raise ValidationError(_("The law gives no such ground for this request."), code="ground")
    _require_words(answer)
    return _decide(row, "refuse", by, answer, {"ground": ground}, now)


@transaction.atomic
def take_back(*, request: DataRequest, person: Person, now: datetime | None = None) -> DataRequest:
    """Take an own request back before it was answered.

    Raises:
        NotAllowed: when it has been dealt with, or is not the person's.
    """
    row = _locked(request)
    if not of(person).filter(pk=row.pk).exists():
        raise NotAllowed(_("This is not your request."))
    return _decide(row, "take_back", None, "", {}, now)


@transaction.atomic
def lift(*, request: DataRequest, person: Person, now: datetime | None = None) -> DataRequest:
    """End a restriction at its person's wish.

    Raises:
        NotAllowed: for anything but a restriction of the person that is in force.
    """
    row = _locked(request)
    mine = of(person).filter(pk=row.pk).exists()
    if not mine or row.kind != law.Kind.RESTRICTION or row.state != states.State.DONE:
        raise NotAllowed(_("There is no restriction to end."))
    if row.lifted_at is None:
        row.lifted_at = now or timezone.now()
        row.save(update_fields=["lifted_at"])
        audit.record(action="privacy.restriction_lifted", target=row.number)
    return row


def of(person: Person) -> "QuerySet[DataRequest]":
    """Return the person's requests, newest first."""
    rows = DataRequest.objects.all()
    if person.user is not None:
        return rows.filter(user=person.user)
    return rows.filter(ticket=str(person.ticket), user=None)


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Publish ``privacy.request_due`` at half the time, on the last day and once it is late.

    Returns:
        How many requests somebody was reminded of.
    """
    told = 0
    waiting = DataRequest.objects.filter(state="received").select_for_update(skip_locked=True)
    for row in waiting:
        stage = _stage(row, now)
        if stage > row.sent:
            row.sent = stage
            row.save(update_fields=["sent"])
            outbox.publish(DUE_SOON, key=row.uuid.hex, request=row.pk, stage=stage)
            told += 1
    return told


def _stage(row: DataRequest, now: datetime) -> int:
    left = row.due_at - now
    return sum((left <= law.HALF, left <= law.LAST_DAY, left.total_seconds() < 0))


def _decide(
    row: DataRequest,
    move: str,
    by: "User | None",
    answer: str,
    changes: dict[str, Any],
    now: datetime | None,
) -> DataRequest:
    before, row.state = row.state, states.after(move, row.state)
    row.decided_at, row.decided_by = now or timezone.now(), by
    row.answered = DataRequest.seal({"text": answer}) if answer else None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "decided_at", "decided_by", "answered", *changes])
    outbox.publish(DECIDED, key=row.uuid.hex, request=row.pk)
    audit.record(
        action=f"privacy.request_{row.state}", target=row.number,
        before={"state": before}, after={"state": row.state, "ground": row.ground},
    )  # fmt: skip
    return row


def _locked(request: DataRequest) -> DataRequest:
    return DataRequest.objects.select_for_update().get(pk=request.pk)


def _require_words(answer: str) -> None:
    if len(answer.strip()) < FEWEST:
        raise ValidationError(_("Write an answer in a sentence or two."), code="answer")
