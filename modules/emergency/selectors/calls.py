"""Calls of a shift: listed by the last one seen, searched, and looked at one by one."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from balai.audit.models import Entry as AuditEntry
from modules.emergency import callers
from modules.emergency.models import Call, Category
from modules.emergency.workflow import SUPERVISE

if TYPE_CHECKING:
    from balai.accounts.models import User

SIZE: Final = 25
FOUND: Final = 50
NUMBER_READ: Final = "emergency.number_read"
REVEALED: Final = "emergency.caller_revealed"
A_NUMBER: Final = re.compile(r"[\d\s+().-]{6,}")


@dataclass(frozen=True, slots=True)
class Page:
    """Some calls; ``older`` is the last one's uuid where there are more."""

    rows: list[Call]
    older: uuid.UUID | None = None


def own(taker: "User") -> QuerySet[Call]:
    """Return the calls that somebody took, the newest first; all of them for who supervises."""
    found = Call.objects.order_by("-answered_at", "-id")
    if not taker.has_perm(SUPERVISE):
        found = found.filter(taker=taker)
    return found.select_related("incident__category", "incident__area__parent", "taker").defer(
        "incident__area__boundary", "incident__area__parent__boundary",
        "incident__category__script",
    )  # fmt: skip


def page(
    calls: QuerySet[Call], *, kind: str = "", after: uuid.UUID | None = None, size: int = SIZE
) -> Page:
    """Return a page of ``calls`` that begins after one of them (2 queries at most).

    Args:
        kind: a call type; "" for all.
        after: the last call of the page before.
    """
    if kind:
        calls = calls.filter(kind=kind)
    last = calls.filter(uuid=after).values_list("answered_at", "id").first() if after else None
    if last:
        calls = calls.filter(Q(answered_at__lt=last[0]) | Q(answered_at=last[0], id__lt=last[1]))
    rows = list(calls[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], older=rows[size - 1].uuid if more else None)


def search(calls: QuerySet[Call], words: str) -> list[Call]:
    """Return the newest calls that fit: a telephone number as a whole, or part of what was told.

    Sealed incidents are found by their number only: what a list does not show it does not find.
    """
    words = words.replace("\0", "")
    if A_NUMBER.fullmatch(words):
        return list(calls.filter(caller_hash=callers.hashed(words))[:FOUND])
    told = Q()
    for name in ("name", "note", "incident__address", "incident__landmark", "incident__text"):
        told |= Q(**{f"{name}__icontains": words})
    open_book = Q(incident=None) | Q(incident__sealed=False)
    return list(calls.filter(Q(incident__number__icontains=words) | (told & open_book))[:FOUND])


def one(call: uuid.UUID, reader: "User") -> Call | None:
    """Return a call that somebody may open: their own, or any for who supervises."""
    return own(reader).defer(None).filter(uuid=call).first()


def by_key(key: uuid.UUID, taker: "User") -> Call | None:
    """Return the call that a form became, if it was this taker's."""
    return Call.objects.filter(key=key, taker=taker).select_related("incident").first()


def key_of_another(key: uuid.UUID, taker: "User") -> bool:
    """Tell whether a form's key became somebody else's call."""
    return Call.objects.filter(key=key).exclude(taker=taker).exists()


def number_reads(call: Call) -> list[AuditEntry]:
    """Return who read a call's number, the last first; crews read it by their incident."""
    read = Q(action=NUMBER_READ, target=str(call.uuid))
    if call.incident:
        read |= Q(action=REVEALED, target=call.incident.number)
    return list(AuditEntry.objects.filter(read)[:FOUND])


def categories() -> list[Category]:
    """Return what a taker may choose, in the region's order, questions included (1 query)."""
    return list(Category.objects.filter(active=True))


def latest(taker: "User", since: datetime) -> list[Call]:
    """Return a taker's last calls of this shift, for the screen between two calls."""
    mine = Call.objects.filter(taker=taker, answered_at__gte=since)
    rows = mine.select_related("incident__category", "incident__area__parent").defer(
        "incident__area__boundary", "incident__area__parent__boundary"
    )
    return list(rows.order_by("-answered_at", "-id")[:8])
