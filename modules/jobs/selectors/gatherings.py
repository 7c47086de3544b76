"""What citizens and officers read of job fairs and training classes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet, Sum

from modules.jobs.models import Gathering, Seat, Session
from modules.jobs.states import SeatState

SEATS: dict[str, Q] = {
    "all": ~Q(state=SeatState.CANCELLED),
    "held": Q(state=SeatState.HELD),
    "accepted": Q(state__in=(SeatState.ACCEPTED, SeatState.PASSED)),
    "arrived": Q(state=SeatState.ARRIVED),
    "gone": Q(state__in=(SeatState.CANCELLED, SeatState.REFUSED)),
}


def upcoming(kind: str, now: datetime) -> list[Gathering]:
    """Return what everybody may read and is not over, the next first, with its sessions."""
    rows = _listed().filter(kind=kind, published_at__isnull=False, last__gt=now)
    return list(rows.order_by("first", "id")[:50])


def find(reference: UUID) -> Gathering | None:
    """Return one in any state, with its sessions; who may see it asks the caller."""
    return _listed().filter(uuid=reference).first()


def desk(tab: str, now: datetime) -> QuerySet[Gathering]:
    """Return what officers see under a tab: coming, draft, over."""
    over = Q(last__lte=now, published_at__isnull=False)
    shown = {"draft": Q(published_at=None), "over": over}.get(
        tab, Q(published_at__isnull=False, last__gt=now)
    )
    order = ("-first",) if tab == "over" else (F("first").asc(nulls_last=True),)
    return _listed().filter(shown).order_by(*order, "-id")


def session(reference: UUID) -> Session | None:
    """Return a session with what it belongs to."""
    rows = Session.objects.filter(uuid=reference).select_related("gathering__district")
    return rows.defer("gathering__district__boundary").first()


def seats(session: Session, shown: str = "all", query: str = "") -> QuerySet[Seat]:
    """Return the places of a session by number.

    Args:
        shown: a key of :data:`SEATS`.
        query: a number, or a part of a name.
    """
    rows = Seat.objects.filter(SEATS[shown], session=session)
    word = query.replace("\0", "").strip()
    if word.isdecimal() and len(word) < 9:
        rows = rows.filter(number=int(word))
    elif word:
        rows = rows.filter(name__icontains=word)
    return rows.select_related("session__gathering").order_by("number")


def seat_counts(session: Session) -> dict[str, int]:
    """Return how many places stand under each key of :data:`SEATS`; one query."""
    named = {name: Count("id", filter=condition) for name, condition in SEATS.items()}
    return dict(Seat.objects.filter(session=session).aggregate(**named))


def seat(reference: UUID) -> Seat | None:
    """Return a place with its session; whose it is asks the caller."""
    rows = Seat.objects.filter(uuid=reference).select_related("session__gathering", "user")
    return rows.first()


def mine(user: Any, now: datetime) -> list[Seat]:
    """Return the account's places that are not over and not given back, the next first."""
    if not user.is_authenticated:
        return []
    rows = Seat.objects.filter(user=user.pk, session__ends_at__gt=now)
    rows = rows.exclude(state=SeatState.CANCELLED).select_related("session__gathering")
    return list(rows.order_by("session__starts_at", "id")[:20])


def _listed() -> QuerySet[Any]:
    """Return them with first, last, places and given of all their sessions."""
    times = Prefetch("sessions", Session.objects.order_by("starts_at", "id"))
    rows = Gathering.objects.select_related("district").defer("district__boundary")
    return rows.prefetch_related(times).annotate(
        first=Min("sessions__starts_at"), last=Max("sessions__ends_at"),
        places=Sum("sessions__capacity"), given=Sum("sessions__taken"),
    )  # fmt: skip
