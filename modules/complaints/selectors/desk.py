"""The officers' inbox: what lies within one's reach, what is late, whose turn it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balai.accounts.models import User
from balai.directory.models import Agency
from modules.complaints import rights
from modules.complaints.models import Complaint, HoldRequest
from modules.complaints.selectors import desk_pages
from modules.complaints.selectors.desk_filters import Filters, condition
from modules.complaints.selectors.public import words
from modules.complaints.states import OPEN

LONG = ("text", "search")
"""What no row shows."""


def reach(user: Any) -> QuerySet[Complaint]:
    """Return every report within the officer's reach, in no order."""
    return rights.within_reach(Complaint.objects.all(), user).order_by()


def matching(user: Any, filters: Filters, now: datetime) -> QuerySet[Complaint]:
    """Return the reports within the officer's reach that fit, in no order."""
    return reach(user).filter(condition(user, filters, now))


def first(user: Any, filters: Filters, now: datetime, most: int) -> list[Complaint]:
    """Return the first ``most`` reports that fit, in the order asked for: pk and uuid alone."""
    return desk_pages.first(matching(user, filters, now), filters, most)


def page(
    user: Any, filters: Filters, now: datetime, *, after: str = "", before: str = ""
) -> desk_pages.Page:
    """Return a page of the inbox with what a row shows; see :func:`desk_pages.page`.

    Keys first: the database then joins a page's reports, not all that were sorted for it.
    """
    bare = desk_pages.page(matching(user, filters, now), filters, after=after, before=before)
    keys = [row.pk for row in bare.object_list]
    rows = Complaint.objects.filter(pk__in=keys).order_by()
    rows = rows.select_related("category", "area", "district", "agency", "assignee")
    known = {row.pk: row for row in rows.defer("area__boundary", "district__boundary", *LONG)}
    return replace(bare, object_list=[known[key] for key in keys if key in known])


def find(user: Any, reference: Any) -> Complaint | None:
    """Return one report within the officer's reach, or None: out of reach looks like absent."""
    rows = rights.within_reach(Complaint.objects.all(), user)
    rows = rows.select_related(
        "category", "area", "district", "agency", "reporter", "contact", "assignee"
    )
    return rows.defer("area__boundary", "district__boundary").filter(uuid=reference).first()


def duplicates(user: Any, complaint: Complaint) -> list[Complaint]:
    """Return the reports that were merged into this one, within the officer's reach."""
    rows = rights.within_reach(Complaint.objects.filter(merged_into=complaint), user)
    return list(rows.only("uuid", "number", "title", "state").order_by("number"))


def merged_into(user: Any, complaint: Complaint) -> Complaint | None:
    """Return the case that this report is a duplicate of, within the officer's reach."""
    if complaint.merged_into_id is None:
        return None
    rows = rights.within_reach(Complaint.objects.filter(pk=complaint.merged_into_id), user)
    return rows.only("uuid", "number", "title", "state").first()


def rest_asked(complaint: Complaint) -> HoldRequest | None:
    """Return the wish to let the case rest that waits for a supervisor, with who has it."""
    rows = HoldRequest.objects.filter(complaint=complaint, granted=None)
    return rows.select_related("asked_by").order_by("-id").first()


def by_uuid(user: Any, references: Iterable[UUID]) -> list[Complaint]:
    """Return number and title of the reports among these that are within reach; one query."""
    rows = rights.within_reach(Complaint.objects.all(), user).filter(uuid__in=list(references))
    return list(rows.only("uuid", "number", "title").order_by("number"))


def search(user: Any, query: str, limit: int) -> list[Complaint]:
    """Return reports within the officer's reach that fit some words, newest first."""
    rows = rights.within_reach(Complaint.objects.all(), user).filter(words(query))
    rows = rows.select_related("area", "district").defer("area__boundary", "district__boundary")
    return list(rows.order_by("-created_at", "-id")[:limit])


def by_district(user: Any, filters: Filters, now: datetime) -> dict[int, int]:
    """Return how many of the reports that fit lie in each kecamatan; one query."""
    rows = matching(user, filters, now).exclude(district=None)
    return dict(rows.values_list("district_id").annotate(Count("id")))


def agencies(user: Any) -> list[Agency]:
    """Return the agencies to filter by: an officer's own, or all that hold a report."""
    scope = user.agencies_for(rights.DESK)
    holding = Complaint.objects.exclude(agency=None).order_by().values("agency")
    chosen = Q(pk__in=holding) if scope.all_agencies else Q(pk__in=scope.ids)
    return list(Agency.objects.filter(chosen).order_by("name"))


def holders(user: Any) -> list[User]:
    """Return the officers who hold an open case within reach, by name, for the filter."""
    held = reach(user).filter(state__in=OPEN, assignee__isnull=False).values("assignee")
    return list(User.objects.filter(pk__in=held).order_by("name", "pk")[:200])
