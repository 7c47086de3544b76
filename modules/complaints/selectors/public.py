"""What anybody may read: verified reports that are not secret, without their reporters."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from balai import fulltext
from modules.complaints import conf, numbers
from modules.complaints.models import Category, Complaint, Photo
from modules.complaints.models.report import PUBLIC
from modules.complaints.selectors.public_filters import (
    STATUS_FILTERS as STATUS_FILTERS,
    Filters as Filters,
)
from modules.complaints.states import State

ORDERS = {
    "newest": ("-created_at", "-id"),
    "followed": ("-followers", "-created_at", "-id"),
    "waiting": ("created_at", "id"),
}


def visible() -> QuerySet[Complaint]:
    """Return every report that anybody may open, in no order. Nothing where the list is off."""
    if not conf.current().public_list:
        return Complaint.objects.none()
    return Complaint.objects.filter(PUBLIC).order_by()


def listed(filters: Filters | None = None) -> QuerySet[Complaint]:
    """Return the bare rows of the public list, in no order: for counting, maps and figures.

    A duplicate is not listed: the case it was merged into stands for it.
    """
    return _narrow(visible().exclude(state=State.DUPLICATE), filters or Filters())


def reports(filters: Filters | None = None) -> QuerySet[Complaint]:
    """Return public reports in the order asked for, newest first, with what a row shows."""
    filters = filters or Filters()
    rows = listed(filters).select_related("category", "area", "district", "agency")
    rows = rows.defer("area__boundary", "district__boundary", "search", "suspicions")
    return rows.order_by(*ORDERS[filters.sort])


def newest() -> datetime | None:
    """Return when the newest public report came in; None when there is none."""
    return visible().order_by("-created_at", "-id").values_list("created_at", flat=True).first()


def approved_photos(complaint: Complaint) -> list[Photo]:
    """Return the photos everybody may see."""
    rows = Photo.objects.filter(complaint=complaint, approved_at__isnull=False)
    return list(rows.select_related("file"))


def cover_photos(rows: list[Complaint]) -> dict[int, Photo]:
    """Return one approved photo per report, the repair's before the problem's; one query."""
    if not rows:
        return {}
    found = Photo.objects.filter(complaint__in=rows, approved_at__isnull=False)
    found = found.select_related("file").order_by("complaint_id", F("stage").desc(), "id")
    return {photo.complaint_id: photo for photo in reversed(found)}


def by_number(number: str) -> Complaint | None:
    """Return the public report with this tracking number, or None."""
    known = numbers.parse(number)
    rows = visible().select_related("category", "area", "district", "agency")
    rows = rows.defer("area__boundary", "district__boundary")
    return rows.filter(number=known).first() if known else None


def reports_numbered(numbers: Iterable[str]) -> list[Complaint]:
    """Return the public reports with these numbers, with what a row shows; at most one query."""
    wanted = list(numbers)
    if not wanted:
        return []
    rows = visible().filter(number__in=wanted)
    rows = rows.select_related("category", "area", "district", "agency")
    return list(rows.defer("area__boundary", "district__boundary", "search", "suspicions"))


def search(query: str, limit: int) -> list[Complaint]:
    """Return public reports that fit some words, newest first."""
    return list(reports(Filters(query=query))[:limit])


def words(query: str) -> Q:
    """Return the condition for a search: a tracking number, or every word somewhere in it."""
    number = numbers.parse(query.replace("\0", ""))
    return Q(number=number) if number else fulltext.matching(query)


def _narrow(rows: QuerySet[Complaint], filters: Filters) -> QuerySet[Complaint]:
    if filters.states is not None:
        rows = rows.filter(state__in=filters.states)
    if filters.category:
        kinds = Category.objects.filter(Q(pk=filters.category) | Q(parent=filters.category))
        rows = rows.filter(category__in=kinds.order_by().values("pk"))
    if filters.district:
        rows = rows.filter(district=filters.district)
    if filters.agency:
        rows = rows.filter(agency=filters.agency)
    if since := filters.since:
        rows = rows.filter(created_at__gte=since)
    if filters.box:
        west, south, east, north = filters.box
        rows = rows.filter(
            longitude__range=(west, east), latitude__range=(south, north), latitude__isnull=False
        )
    return rows.filter(words(filters.query)) if filters.query else rows
