"""Places at fairs and in classes: never more than there are, never one number twice.

A place is taken by one conditional UPDATE. It locks the session's row, so that whoever comes next
waits for it and then sees the new count. Every function locks the session before the place.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.jobs import seat_moves
from modules.jobs.models import Gathering, Seat, Session
from modules.jobs.states import SeatState
from modules.jobs.workflow import MOVED_ON, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

KEPT_DAYS: Final = 90
KEPT_NAMES: Final = (SeatState.ACCEPTED, SeatState.PASSED)
"""Who took part in a class stays named: the office answers for its certificates."""
NAMELESS: Final = {"name": "", "answers": {}}


@transaction.atomic
def reserve(
    *,
    session: Session,
    user: "User",
    name: str,
    answers: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Seat:
    """Give an account its number for a session; who has one already gets the same again.

    Args:
        answers: what somebody tells who registers for a class.

    Raises:
        NotAllowed: when registration is closed, or the session is full.
    """
    now = now or timezone.now()
    reason = closed(session, now)
    if reason:
        raise NotAllowed(reason)
    known = of_user(session, user)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _seat(session, now, user=user, name=name, answers=dict(answers or {}))
    except IntegrityError:  # the same account asked twice at once; the other one was first
        return Seat.objects.exclude(state=SeatState.CANCELLED).get(session=session, user=user)


@transaction.atomic
def walk_in(*, session: Session, name: str, by: "User", now: datetime | None = None) -> Seat:
    """Give the next number of a fair to somebody who stands at the desk: they have come.

    Raises:
        NotAllowed: when the session is over, or full.
        PermissionDenied: for whoever does not run fairs.
    """
    now = now or timezone.now()
    if not by.has_perm(seat_moves.GATHER):
        raise PermissionDenied
    gathering = session.gathering
    if gathering.kind != Gathering.Kind.FAIR or gathering.cancelled_at or now >= session.ends_at:
        raise NotAllowed(_("This session is over."))
    source, state = Seat.Source.WALK_IN, SeatState.ARRIVED
    return _seat(session, now, user=None, name=name, source=source, state=state)


@transaction.atomic
def move(name: str, seat: Seat, *, by: "User", text: str = "", now: datetime | None = None) -> Seat:
    """Make the move called ``name``; a place that is given back is free at once.

    Args:
        text: what is said with it to who registered.

    Raises:
        NotAllowed: when the table does not know the move from here, or no place is left.
        PermissionDenied: when it is another side's move.
    """
    now = now or timezone.now()
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    current = Seat.objects.select_for_update(of=("self",)).select_related(
        "session__gathering", "user"
    ).get(pk=seat.pk)  # fmt: skip
    step, kind = seat_moves.MOVES[name], current.session.gathering.kind
    if not seat_moves.allowed(by, step, current):
        raise PermissionDenied
    if not seat_moves.fits(step, current):
        raise NotAllowed(MOVED_ON)
    before, change = current.state, -seat_moves.takes(kind, current.state)
    change += seat_moves.takes(kind, step.target)
    if change > 0:
        _take(session, {"taken": F("taken") + 1})
    elif change < 0:
        Session.objects.filter(pk=session.pk).update(taken=F("taken") - 1)
    current.state, current.moved_at = step.target, now
    if text.strip():
        current.answers = {**current.answers, "reply": text.strip()}
    current.save(update_fields=["state", "moved_at", "answers"])
    _told(current, name, before)
    return current


def of_user(session: Session, user: Any) -> Seat | None:
    """Return the account's place in a session, not one that was cancelled."""
    rows = Seat.objects.filter(session=session, user=user.pk).exclude(state=SeatState.CANCELLED)
    return rows.first()


def closed(session: Session, now: datetime) -> str:
    """Return why nobody can register for a session now, "" when one can."""
    gathering = session.gathering
    if gathering.cancelled_at or not gathering.published_at:
        return _("It does not take place.")
    if gathering.register_from and now < gathering.register_from:
        return _("Registration has not begun yet.")
    last = min(filter(None, (gathering.register_until, session.starts_at)))
    if now > last:
        return _("Registration is over.")
    return ""


@transaction.atomic
def forget_names(*, now: datetime) -> int:
    """Empty what names people, ninety days after it; the count stays. Return how many.

    Of a class the names of :data:`KEPT_NAMES` stay; telephone and reasons go with all the others.
    """
    old = Seat.objects.filter(session__ends_at__lt=now - timedelta(days=KEPT_DAYS))
    old = old.exclude(**NAMELESS)
    took_part = Q(session__gathering__kind=Gathering.Kind.TRAINING, state__in=KEPT_NAMES)
    emptied = old.exclude(took_part).update(**NAMELESS)
    return emptied + old.filter(took_part).exclude(answers={}).update(answers={})


def _seat(session: Session, now: datetime, **told: Any) -> Seat:
    state = told.setdefault("state", SeatState.HELD)
    change = {"last_number": F("last_number") + 1}
    if seat_moves.takes(session.gathering.kind, state):
        _take(session, {**change, "taken": F("taken") + 1})
    else:
        Session.objects.filter(pk=session.pk).update(**change)
    number = Session.objects.values_list("last_number", flat=True).get(pk=session.pk)
    row = Seat.objects.create(
        session=session, number=number, created_at=now, moved_at=now, **told
    )  # fmt: skip
    _told(row, "reserve" if told.get("user") else "walk_in")
    return row


def _take(session: Session, change: dict[str, Any]) -> None:
    """Take one of the places, if one is left when our turn comes."""
    if not Session.objects.filter(pk=session.pk, taken__lt=F("capacity")).update(**change):
        raise NotAllowed(_("No place is left in this session."))


def _told(row: Seat, name: str, before: str = "") -> None:
    publish(f"jobs.seat_{name}", key=str(row.uuid), seat=row.pk, session=row.session_id)
    old = {"state": str(before)} if before else {}
    audit.record(
        action=f"jobs.seat_{name}", target=str(row.uuid), before=old,
        after={"state": str(row.state)},
    )  # fmt: skip
