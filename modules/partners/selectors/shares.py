"""Lists of shares, with the facts of their cases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import pgettext

from modules.partners import sources
from modules.partners.models import Message, Share
from modules.partners.sources import Facts
from modules.partners.states import State

TABS: Final[dict[str, Q]] = {
    "waiting": Q(state=State.SENT),
    "held": Q(state=State.HELD),
    "working": Q(state=State.ACKNOWLEDGED),
    "answered": Q(state=State.ANSWERED),
    "over": Q(state__in=(State.CLOSED, State.WITHDRAWN)),
}
PARTNER_TABS: Final = tuple(name for name in TABS if name != "held")


@dataclass(frozen=True, slots=True)
class Row:
    """A share with what its list shows of the case; ``facts`` is None while it cannot be read."""

    share: Share
    facts: Facts | None
    secretly: bool
    """The reader is of the city: of a sealed case they see that it is sealed, not what it is."""

    @property
    def label(self) -> str:
        """The kind of case."""
        if self.secretly and self.share.sealed:
            return pgettext("share", "Sealed case")
        return self.facts.label if self.facts else pgettext("share", "Cannot be read at present")

    @property
    def place(self) -> str:
        """Where, the kecamatan alone for a sealed one."""
        if self.facts is None:
            return ""
        sealed = self.secretly and self.share.sealed
        return self.facts.place.rpartition(", ")[2] if sealed else self.facts.place


def filtered(
    rows: QuerySet[Share], tab: str, query: str = "", partner: str = ""
) -> QuerySet[Share]:
    """Return the shares under a tab, the most urgent first, then the newest."""
    rows = rows.filter(TABS[tab])
    if partner:
        rows = rows.filter(cooperation__partner__slug=partner)
    for word in query.replace("\0", "").split()[:5]:
        rows = rows.filter(Q(number__icontains=word) | Q(reference__icontains=word))
    return rows.order_by(F("due_at").asc(nulls_last=True), "-created_at", "-id")


def counts(rows: QuerySet[Share]) -> dict[str, int]:
    """Return how many shares stand under each tab; one query."""
    named = {name: Count("id", filter=condition) for name, condition in TABS.items()}
    return dict(rows.order_by().aggregate(**named))


def waiting(rows: QuerySet[Share], now: datetime) -> dict[str, int]:
    """Return how many wait for a partner, how many of them too long, how many for consent."""
    return dict(
        rows.order_by().aggregate(
            waiting=Count("id", filter=TABS["waiting"]),
            late=Count("id", filter=TABS["waiting"] & Q(due_at__lt=now)),
            held=Count("id", filter=TABS["held"]),
        )
    )


def with_facts(shares: Iterable[Share], *, secretly: bool) -> list[Row]:
    """Return the shares with the facts of their cases; one query a source."""
    rows = list(shares)
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for share in rows:
        wanted[share.source].add(share.case)
    known: dict[UUID, Facts] = {}
    for slug, source in sources.active().items():
        if wanted[slug]:
            known.update(source.contract.cases_by_uuid(wanted[slug]))
    return [Row(share, known.get(share.case), secretly) for share in rows]


def one(rows: QuerySet[Share], reference: UUID) -> Share | None:
    """Return one share of those within reach."""
    return rows.filter(uuid=reference).first()


def messages(share: Share) -> list[Message]:
    """Return what was done and said, oldest first, with who did it."""
    return list(share.messages.select_related("actor"))


def of_case(case: UUID) -> list[Share]:
    """Return with whom a case is shared or was, newest first."""
    rows = Share.objects.filter(case=case).select_related("cooperation__partner")
    return list(rows.order_by("-created_at", "-id"))


def search(rows: QuerySet[Share], query: str, limit: int) -> list[Share]:
    """Return shares by the case's number or the partner's own, newest first."""
    words: Any = query.replace("\0", "").strip()
    found = rows.filter(Q(number__iexact=words) | Q(reference__iexact=words))
    return list(found.order_by("-created_at", "-id")[:limit])
