"""The officers' inbox: what lies within one's reach, what is late, whose turn it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from balai.directory.models import Agency
from modules.complaints import rights
from modules.complaints.models import Complaint
from modules.complaints.selectors.public import words
from modules.complaints.states import OPEN, State

SORTS = ("urgent", "newest", "oldest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an officer asked the inbox for. ``tab`` is one of :data:`TABS`."""

    tab: str = "mine"
    state: str = ""
    agency: int | None = None
    district: int | None = None
    category: int | None = None
    query: str = ""
    sort: str = "urgent"


def my_turn(user: Any) -> Q:
    """Return the condition "somebody with this officer's rights must act now".

    Who handles the cases of every agency also verifies: those wait for the agency first.
    """
    turn = Q(pk__in=())
    if user.has_perm("complaints.verify"):
        turn |= Q(state=State.RECEIVED)
    handles = user.agencies_for("complaints.handle")
    if not handles.all_agencies:
        begun = (State.DISPOSITIONED, State.IN_PROGRESS, State.REOPENED)
        turn |= Q(state__in=begun, agency__in=handles.ids)
    if user.has_perm("complaints.validate"):
        turn |= Q(state=State.RESOLUTION_SUBMITTED)
    return turn


def tab_conditions(user: Any, now: datetime) -> dict[str, Q]:
    """Return the quick filters by name."""
    still = Q(state__in=OPEN)
    return {
        "mine": my_turn(user),
        "due": still & Q(due_at__gt=now, due_at__lte=_end_of_day(now)),
        "late": still & Q(due_at__lte=now),
        "open": still,
        "all": Q(),
    }


def tab_counts(user: Any, now: datetime) -> dict[str, int]:
    """Return how many reports each quick filter holds, within the officer's reach; one query."""
    named = {name: Count("id", filter=when) for name, when in tab_conditions(user, now).items()}
    reach = rights.within_reach(Complaint.objects.all(), user).order_by()
    return dict(reach.aggregate(**named))


def inbox(user: Any, filters: Filters, now: datetime) -> QuerySet[Complaint]:
    """Return the reports within the officer's reach that fit, with what a row shows."""
    rows = rights.within_reach(Complaint.objects.all(), user)
    rows = rows.select_related("category", "area", "district", "agency")
    rows = rows.defer("area__boundary", "district__boundary", "text")
    rows = rows.filter(tab_conditions(user, now).get(filters.tab, Q()))
    exact = {"state": filters.state, "agency": filters.agency, "district": filters.district}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.category:
        rows = rows.filter(Q(category=filters.category) | Q(category__parent=filters.category))
    if filters.query:
        rows = rows.filter(words(filters.query))
    return _sorted(rows, filters.sort)


def find(user: Any, reference: Any) -> Complaint | None:
    """Return one report within the officer's reach, or None: out of reach looks like absent."""
    rows = rights.within_reach(Complaint.objects.all(), user)
    rows = rows.select_related("category", "area", "district", "agency", "reporter", "contact")
    return rows.defer("area__boundary", "district__boundary").filter(uuid=reference).first()


def search(user: Any, query: str, limit: int) -> list[Complaint]:
    """Return reports within the officer's reach that fit some words, newest first."""
    rows = rights.within_reach(Complaint.objects.all(), user).filter(words(query))
    rows = rows.select_related("area", "district").defer("area__boundary", "district__boundary")
    return list(rows.order_by("-created_at", "-id")[:limit])


def agencies(user: Any) -> list[Agency]:
    """Return the agencies to filter by: an officer's own, or all that hold a report."""
    scope = user.agencies_for(rights.DESK)
    holding = Complaint.objects.exclude(agency=None).order_by().values("agency")
    chosen = Q(pk__in=holding) if scope.all_agencies else Q(pk__in=scope.ids)
    return list(Agency.objects.filter(chosen).order_by("name"))


def _sorted(rows: QuerySet[Complaint], sort: str) -> QuerySet[Complaint]:
    if sort == "newest":
        return rows.order_by("-created_at", "-id")
    if sort == "oldest":
        return rows.order_by("created_at", "id")
    ended = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(ended, F("due_at").asc(nulls_last=True), "-created_at", "-id")


def _end_of_day(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=999999)
