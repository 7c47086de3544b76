"""What an officer may ask the inbox for: read from an address, written back, put into a query."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, Q
from django.utils import timezone

from modules.complaints.models import Complaint, HoldRequest
from modules.complaints.selectors.public import words
from modules.complaints.selectors.public_filters import Box, box
from modules.complaints.states import OPEN, State
from modules.complaints.workflow import HANDLE, SUPERVISE, VALIDATE, VERIFY

SORTS = ("urgent", "newest", "oldest", "response")
TABS = ("mine", "cases", "due", "late", "open", "all")
PERIODS = ("1", "7", "30", "90")
ME, NOBODY = "me", "none"
LEVELS = (1, 2, 3, 4)
LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an officer asked for; "" and None mean "any".

    ``tab`` is one of :data:`TABS`, ``assignee`` "me", "none" or an officer's uuid, ``level`` the
    least level of escalation, ``period`` a number of days, ``since`` and ``until`` days of receipt,
    ``box`` a part of the map.
    """

    tab: str = "mine"
    state: str = ""
    agency: int | None = None
    district: int | None = None
    category: int | None = None
    assignee: str = ""
    source: str = ""
    level: int | None = None
    period: str = ""
    since: date | None = None
    until: date | None = None
    box: Box | None = None
    query: str = ""
    sort: str = SORTS[0]

    @property
    def narrowed(self) -> int:
        """How many filters beyond tab, words and order are set."""
        plain = ("tab", "query", "sort")
        return sum(
            bool(getattr(self, field.name)) for field in fields(self) if field.name not in plain
        )


NAMES = {field.name: "q" if field.name == "query" else field.name for field in fields(Filters)}
KEEP = (*NAMES.values(), "after", "before")
"""The parameters of an inbox's address."""


def parse(given: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what makes no sense there counts as not asked for."""
    return Filters(
        tab=_one_of(given.get("tab", ""), TABS) or _usual_tab(given),
        state=_one_of(given.get("state", ""), State.values),
        agency=_number(given.get("agency", "")),
        district=_number(given.get("district", "")),
        category=_number(given.get("category", "")),
        assignee=_person(given.get("assignee", "")),
        source=_one_of(given.get("source", ""), Complaint.Source.values),
        level=_number(_one_of(given.get("level", ""), [str(level) for level in LEVELS])),
        period=_one_of(given.get("period", ""), PERIODS),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        box=box(given.get("box", "")),
        query=given.get("q", "").replace("\0", "").strip()[:100],
        sort=_one_of(given.get("sort", ""), SORTS) or SORTS[0],
    )


def to_query(filters: Filters, **changes: Any) -> str:
    """Return the address's query string that :func:`parse` reads as ``filters``."""
    plain, filters = Filters(), replace(filters, **changes)
    values = {name: getattr(filters, field) for field, name in NAMES.items()}
    given = {name: value for name, value in values.items() if value}
    if filters.box:
        given["box"] = ",".join(f"{edge:.6f}" for edge in filters.box)
    if filters.sort == plain.sort:
        del given["sort"]
    return urlencode(given)


def parse_query(query: str) -> Filters:
    """Return the filters of a query string, such as a saved filter keeps."""
    return parse(dict(parse_qsl(query)))


def condition(user: Any, filters: Filters, now: datetime) -> Q:
    """Return what a report must be to fit, within whatever reach the caller keeps."""
    found = tab_conditions(user, now).get(filters.tab, Q())
    exact = {name: getattr(filters, name) for name in ("state", "agency", "district", "source")}
    found &= Q(**{name: value for name, value in exact.items() if value})
    if filters.category:
        found &= Q(category=filters.category) | Q(category__parent=filters.category)
    if filters.level:
        found &= Q(level__gte=filters.level)
    if filters.box:
        west, south, east, north = filters.box
        found &= Q(latitude__range=(south, north), longitude__range=(west, east))
    return found & _whose(user, filters) & _when(filters, now) & _told(filters)


def tab_conditions(user: Any, now: datetime) -> dict[str, Q]:
    """Return the quick filters by name."""
    still = Q(state__in=OPEN)
    return {
        "mine": my_turn(user, now),
        "cases": still & Q(assignee=user.pk),
        "due": still & Q(due_at__gt=now, due_at__lte=_end_of_day(now)),
        "late": still & Q(due_at__lte=now),
        "open": still,
        "all": Q(),
    }


def my_turn(user: Any, now: datetime) -> Q:
    """Return the condition "somebody with this officer's rights must act now".

    Who handles the cases of every agency also verifies: those wait for the agency first. Planned
    and resting cases wait for their day; a supervisor is asked to let cases rest.
    """
    turn, today = Q(pk__in=()), timezone.localdate(now)
    if user.has_perm(VERIFY):
        turn |= Q(state=State.RECEIVED)
    handles = user.agencies_for(HANDLE)
    if not handles.all_agencies:
        begun = Q(state__in=(State.DISPOSITIONED, State.IN_PROGRESS, State.REOPENED))
        begun |= Q(state=State.PLANNED, planned_for__lte=today)
        begun |= Q(state=State.ON_HOLD, hold_until__lte=today)
        turn |= begun & Q(agency__in=handles.ids)
    if user.has_perm(VALIDATE):
        turn |= Q(state=State.RESOLUTION_SUBMITTED)
    return turn | _asked_for_a_rest(user)


class _Among(Func):
    """pk = ANY(ARRAY(keys)): read once and found by an index, which EXISTS beside OR never is."""

    arg_joiner = " = ANY("
    template = "(%(expressions)s))"
    output_field = BooleanField()


def _asked_for_a_rest(user: Any) -> Q:
    scope = user.agencies_for(SUPERVISE)
    if not scope:
        return Q(pk__in=())
    asked = ArraySubquery(HoldRequest.objects.filter(granted=None).values("complaint"))
    within = Q() if scope.all_agencies else Q(agency__in=scope.ids)
    return Q(_Among("pk", asked), state__in=OPEN) & within


def _whose(user: Any, filters: Filters) -> Q:
    if filters.assignee == ME:
        return Q(assignee=user.pk)
    if filters.assignee == NOBODY:
        return Q(assignee=None)
    return Q(assignee__uuid=filters.assignee) if filters.assignee else Q()


def _when(filters: Filters, now: datetime) -> Q:
    """Return the condition on the day of receipt, by the region's clock."""
    found, today = Q(), timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if filters.period:
        found &= Q(created_at__gte=today - timedelta(days=int(filters.period) - 1))
    if filters.since:
        found &= Q(created_at__gte=_midnight(filters.since, today))
    if filters.until:
        found &= Q(created_at__lt=_midnight(filters.until + timedelta(days=1), today))
    return found


def _told(filters: Filters) -> Q:
    return words(filters.query) if filters.query else Q()


def _midnight(day: date, like: datetime) -> datetime:
    return like.replace(year=day.year, month=day.month, day=day.day)


def _end_of_day(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=999999)


def _usual_tab(given: Mapping[str, str]) -> str:
    return "all" if given.get("q") or given.get("tab") else "mine"


def _one_of(text: str, known: Any) -> str:
    return text if text in known else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None


def _person(text: str) -> str:
    if text in (ME, NOBODY):
        return text
    try:
        return str(UUID(text))
    except ValueError:
        return ""
