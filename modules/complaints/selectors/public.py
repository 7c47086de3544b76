"""What anybody may read: verified reports that are not secret, without their reporters."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from modules.complaints import conf, numbers
from modules.complaints.models import Complaint, Photo
from modules.complaints.states import DONE, HANDLED, WAITING, State

STATUS_FILTERS: dict[str, tuple[State, ...]] = {
    "waiting": WAITING,
    "handled": HANDLED,
    "done": DONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a visitor asked the public list for; ids, "" and None mean "all"."""

    status: str = ""
    category: int | None = None
    district: int | None = None
    query: str = ""


def reports(filters: Filters | None = None) -> QuerySet[Complaint]:
    """Return public reports, newest first, with what a row shows. Nothing where the list is off."""
    if not conf.current().public_list:
        return Complaint.objects.none()
    rows = Complaint.objects.filter(published_at__isnull=False, secret=False)
    rows = rows.select_related("category", "area", "district", "agency")
    rows = rows.defer("area__boundary", "district__boundary")
    return _narrow(rows, filters or Filters())


def counts_by_district(filters: Filters) -> dict[int, int]:
    """Return how many of the listed reports lie in each kecamatan."""
    rows = reports(filters).exclude(district=None).order_by()
    return dict(rows.values_list("district_id").annotate(Count("id")))


def counts_by_status() -> dict[str, int]:
    """Return how many public reports wait, are handled and are done."""
    named = {
        name: Count("id", filter=Q(state__in=states)) for name, states in STATUS_FILTERS.items()
    }
    return dict(reports().order_by().aggregate(**named))


def spots(filters: Filters, limit: int) -> list[tuple[float, float, str, UUID]]:
    """Return (latitude, longitude, title, uuid) of the newest listed reports with a pin."""
    rows = reports(filters).filter(latitude__isnull=False, longitude__isnull=False)
    plain = rows.select_related(None).defer(None)
    found = plain.values_list("latitude", "longitude", "title", "uuid")[:limit]
    return [(lat, lng, title, ref) for lat, lng, title, ref in found if lat and lng]


def approved_photos(complaint: Complaint) -> list[Photo]:
    """Return the photos everybody may see."""
    rows = Photo.objects.filter(complaint=complaint, approved_at__isnull=False)
    return list(rows.select_related("file"))


def cover_photos(rows: list[Complaint]) -> dict[int, Photo]:
    """Return one approved photo per report, the repair's before the problem's; one query."""
    found = Photo.objects.filter(complaint__in=rows, approved_at__isnull=False)
    found = found.select_related("file").order_by("complaint_id", F("stage").desc(), "id")
    return {photo.complaint_id: photo for photo in reversed(found)}


def by_number(number: str) -> Complaint | None:
    """Return the public report with this tracking number, or None."""
    known = numbers.parse(number)
    return reports().filter(number=known).first() if known else None


def search(query: str, limit: int) -> list[Complaint]:
    """Return public reports that fit some words, newest first."""
    return list(reports(Filters(query=query))[:limit])


def _narrow(rows: QuerySet[Complaint], filters: Filters) -> QuerySet[Complaint]:
    if filters.status in STATUS_FILTERS:
        rows = rows.filter(state__in=STATUS_FILTERS[filters.status])
    if filters.category:
        rows = rows.filter(Q(category=filters.category) | Q(category__parent=filters.category))
    if filters.district:
        rows = rows.filter(district=filters.district)
    return rows.filter(words(filters.query)) if filters.query else rows


def words(query: str) -> Q:
    """Return the condition for a search: a tracking number, or every word somewhere in it."""
    query = query.replace("\0", "")
    number = numbers.parse(query)
    if number:
        return Q(number=number)
    found = Q()
    for word in query.split()[:8]:
        found &= (
            Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(landmark__icontains=word)
            | Q(area__name__icontains=word)
            | Q(district__name__icontains=word)
            | Q(number__icontains=word)
        )
    return found
