"""The dispatcher's board: incidents by urgency and clock, what crossed a border, counts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balai.directory.models import Agency, Area
from modules.emergency.models import Category, Incident, Leg, Stamp, Transfer, Unit
from modules.emergency.selectors import clocks, reach, sealing
from modules.emergency.selectors.board_filters import TABS, Filters, narrow
from modules.emergency.selectors.clocks import Clock
from modules.emergency.states import ENDED, OPEN

if TYPE_CHECKING:
    from balai.accounts.models import User

URGENCIES: Final = {urgency: place for place, urgency in enumerate(Category.Urgency.values)}
MOST: Final = 300
ENDED_FOR: Final = timedelta(hours=24)
"""How long an ended incident stays on its tab; older ones are found by search."""
STALE: Final = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Row:
    """One incident as lists may show it: a sealed one is redacted for everybody."""

    incident: Incident
    clock: Clock | None
    legs: Sequence[Leg]
    came_from: Transfer | None

    @property
    def place(self) -> str:
        """Where it is, as near as a list may tell."""
        area = self.incident.area
        parts = [self.incident.address or self.incident.landmark]
        if area is not None:
            parts += [area.name, area.parent.name if area.parent else ""]
        return ", ".join(part for part in parts if part)


def rows(user: "User", filters: Filters, now: datetime) -> list[Row]:
    """Return what stands on a board, the most pressing first (4 queries).

    Incidents whose clock runs come first, by urgency and then by what is left of it.
    """
    found = narrow(reach.incidents(user), filters)
    if filters.tab != "ended":
        return ordered(found, now)
    found = found.filter(**({} if filters.q else _lately(now))).order_by("-ended_at", "-id")
    return _rows(list(_shown(found)[:MOST]), now)


def ordered(found: QuerySet[Incident], now: datetime) -> list[Row]:
    """Return open incidents as rows of a board, the most pressing first (4 queries)."""
    return sorted(_rows(list(_shown(found)[:MOST]), now), key=_order)


def on_map(user: "User", filters: Filters) -> list[Incident]:
    """Return the open incidents that a board's map shows, sealed ones redacted (1 query)."""
    found = _shown(narrow(reach.incidents(user), filters).filter(state__in=OPEN))
    return [sealing.redacted(incident) for incident in found[:MOST]]


def find(user: "User", reference: UUID) -> Incident | None:
    """Return an incident within somebody's reach."""
    found = _related(reach.incidents(user)).filter(uuid=reference)
    return found.defer("area__boundary", "area__parent__boundary").first()


def counts(user: "User", now: datetime) -> dict[str, int]:
    """Return how many incidents each tab holds, without filters (2 queries)."""
    found = reach.incidents(user).order_by()
    by_state = dict(
        found.filter(state__in=OPEN).values_list("state").annotate(Count("pk"))
    )  # fmt: skip
    ended = found.filter(state__in=ENDED, **_lately(now)).count()
    return {
        tab: ended if tab == "ended" else sum(by_state.get(state, 0) for state in states)
        for tab, (_label, states) in TABS.items()
    }


def unconfirmed(user: "User") -> list[Transfer]:
    """Return the hand-overs to other regions that nobody there has accepted (1 query)."""
    if not reach.whole(user):
        return []
    found = Transfer.objects.filter(
        incoming=False, state__in=(Transfer.State.WAITING, Transfer.State.DELIVERED)
    )
    return list(found.select_related("incident"))


def districts() -> list[Area]:
    """Return the kecamatan by name, for the filter."""
    return list(Area.objects.filter(kind=Area.Kind.DISTRICT).defer("boundary").order_by("name"))


def agencies() -> list[Agency]:
    """Return the agencies that are in charge of a category or have a unit, for the filter."""
    charged = Category.objects.filter(agency__isnull=False).values("agency")
    manned = Unit.objects.filter(active=True).values("agency")
    found = Agency.objects.filter(Q(pk__in=charged) | Q(pk__in=manned), active=True)
    return list(found.order_by("name"))


def _related(found: QuerySet[Incident]) -> QuerySet[Incident]:
    return found.select_related("category", "area__parent", "agency", "outcome", "merged_into")


def _shown(found: QuerySet[Incident]) -> QuerySet[Incident]:
    return _related(found).defer("area__boundary", "area__parent__boundary", "category__script")


def _rows(incidents: Sequence[Incident], now: datetime) -> list[Row]:
    keys = [incident.pk for incident in incidents]
    legs: dict[int, list[Leg]] = defaultdict(list)
    for leg in Leg.objects.filter(incident__in=keys).select_related("unit"):
        legs[leg.incident_id].append(leg)
    stamps: dict[int, list[Stamp]] = defaultdict(list)
    for stamp in Stamp.objects.filter(incident__in=keys, what__in=clocks.PRESSING).defer("text"):
        stamps[stamp.incident_id].append(stamp)
    came = {row.incident_id: row for row in Transfer.objects.filter(
        incident__in=keys, incoming=True)}  # fmt: skip
    return [
        Row(
            incident=sealing.redacted(incident),
            clock=clocks.pressing(incident, legs[incident.pk], stamps[incident.pk], now),
            legs=[leg for leg in legs[incident.pk] if leg.state != "recalled"],
            came_from=came.get(incident.pk),
        )
        for incident in incidents
    ]


def _order(row: Row) -> tuple[bool, int, float]:
    due = row.clock.due_at if row.clock else row.incident.created_at
    return (row.clock is None, URGENCIES[row.incident.category.urgency], due.timestamp())


def _lately(now: datetime) -> dict[str, datetime]:
    # What ended lately was mostly taken lately: that column has the index.
    return {"ended_at__gte": now - ENDED_FOR, "created_at__gte": now - STALE}
