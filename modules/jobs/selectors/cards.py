"""Reading AK/I cards: the holder's own, the office's queue, and whoever scans the QR code."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from modules.jobs import nik
from modules.jobs.models import Card
from modules.jobs.states import LIVE_CARDS, CardState

UNREAD = ("nik", "sealed", "history", "district__boundary")


def own(user: Any, reference: UUID) -> Card | None:
    """Return one of the account's cards."""
    rows = Card.objects.filter(user=user.pk, uuid=reference).select_related("district")
    return rows.defer("district__boundary").first()


def latest(user: Any) -> Card | None:
    """Return the account's newest card, ended ones too."""
    return Card.objects.filter(user=user.pk).order_by("-created_at", "-id").first()


def live(user: Any) -> Card | None:
    """Return the account's card or application that still runs: nobody has two."""
    return Card.objects.filter(user=user.pk, state__in=LIVE_CARDS).first()


def valid_of(user: Any) -> Card | None:
    """Return the account's card while it is valid."""
    return Card.objects.filter(user=user.pk, state=CardState.ISSUED).first()


def by_number(number: str) -> Card | None:
    """Return an issued card for whoever was shown it."""
    return Card.objects.filter(number=number).defer("nik", "sealed").first() if number else None


def by_uuid(reference: str) -> Card | None:
    """Return the card of a reminder's link."""
    return Card.objects.filter(uuid=reference).select_related("user").first()


def tabs(today: date) -> dict[str, Q]:
    """Return the tabs of the office's list."""
    return {
        "check": Q(state=CardState.APPLIED),
        "issue": Q(state=CardState.CHECKED),
        "returned": Q(state=CardState.RETURNED),
        "valid": Q(state=CardState.ISSUED),
        "missed": Q(state=CardState.ISSUED, next_report_on__lt=today),
        "over": Q(state__in=(CardState.EMPLOYED, CardState.EXPIRED)),
    }


def queue(tab: str, today: date) -> QuerySet[Card]:
    """Return cards under a tab, the most urgent first, then the newest."""
    rows = _listed(Card.objects.filter(tabs(today)[tab]))
    if tab == "missed":
        return rows.order_by("next_report_on", "id")
    return rows.order_by(F("due_at").asc(nulls_last=True), "-created_at", "-id")


def found(query: str, most: int = 50) -> list[Card]:
    """Return cards by number, by words of the name, or by the whole NIK; the newest first."""
    query = query.replace("\0", "").strip()
    digits = nik.plausible(query)
    if digits:
        rows = Card.objects.filter(nik_digest=nik.digest(digits))
    else:
        rows = Card.objects.all()
        for word in query.split()[:5]:
            rows = rows.filter(Q(name__icontains=word) | Q(number__iexact=word))
    return list(_listed(rows).order_by("-created_at", "-id")[:most]) if query else []


def counts(today: date) -> dict[str, int]:
    """Return how many cards stand under each tab; one query."""
    named = {name: Count("id", filter=condition) for name, condition in tabs(today).items()}
    return dict(Card.objects.aggregate(**named))


def one(reference: UUID) -> Card | None:
    """Return one card with all that an officer checks."""
    rows = Card.objects.filter(uuid=reference).select_related("district", "user", "issued_by")
    return rows.defer("district__boundary").first()


def checked(references: list[UUID]) -> list[Card]:
    """Return those of some cards that were checked and only wait to be issued."""
    return list(Card.objects.filter(state=CardState.CHECKED, uuid__in=references).order_by("pk"))


def _listed(rows: QuerySet[Card]) -> QuerySet[Card]:
    return rows.select_related("district").defer(*UNREAD)
