"""The visitor's own reports: those of their account and those this browser opened."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from modules.complaints import numbers, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.selectors import case
from modules.complaints.states import OPEN, State

OFFICERS = (Entry.Author.COORDINATOR, Entry.Author.AGENCY, Entry.Author.VALIDATOR)
READABLE = (Entry.Audience.PUBLIC, Entry.Audience.REPORTER)
REPORTERS_TURN = tuple(
    state for state, who in workflow.TURN.items() if who is workflow.Who.REPORTER
)
UNFINISHED = (*OPEN, State.RESOLVED, State.TRANSFERRED_OUT)
SHOWN: dict[str, Q] = {
    "yours": Q(state__in=REPORTERS_TURN),
    "open": Q(state__in=UNFINISHED),
    "over": ~Q(state__in=UNFINISHED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Whose reports; ``opened`` are those the browser has shown the secret of."""

    account: int | None
    opened: frozenset[UUID]


def reports(own: Own, *, shown: str = "", query: str = "") -> QuerySet[Complaint]:
    """Return the reports, newest first, each with ``unread``: lines of officers not yet seen.

    Args:
        shown: a key of :data:`SHOWN`, else all.
        query: a tracking number, or words that all stand in heading, text or landmark.
    """
    rows = case.of_reporter(own.account, own.opened)
    if shown in SHOWN:
        rows = rows.filter(SHOWN[shown])
    for word in query.replace("\0", "").split()[:8]:
        rows = rows.filter(_has(word))
    return rows.annotate(unread=Count("entries", filter=_unread()))


def totals(own: Own) -> dict[str, int]:
    """Return how many there are in all, and under each key of :data:`SHOWN`; one query."""
    rows = case.of_reporter(own.account, own.opened).order_by()
    named = {name: Count("id", filter=condition) for name, condition in SHOWN.items()}
    return dict(rows.aggregate(all=Count("id"), **named))


def has_unread(complaint: Complaint) -> bool:
    """Tell whether officers wrote or did something since the reporter last looked."""
    return Entry.objects.filter(
        complaint=complaint, author__in=OFFICERS, audience__in=READABLE,
        at__gt=complaint.seen_at or complaint.created_at,
    ).exists()  # fmt: skip


def _unread() -> Q:
    return Q(
        entries__author__in=OFFICERS,
        entries__audience__in=READABLE,
        entries__at__gt=Coalesce(F("seen_at"), F("created_at")),
    )


def _has(word: str) -> Q:
    number = numbers.parse(word)
    if number:
        return Q(number=number)
    found = Q(title__icontains=word) | Q(text__icontains=word) | Q(landmark__icontains=word)
    return found | Q(number__icontains=word)
