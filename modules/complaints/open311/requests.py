"""Public reports: many by kind, time and state, or one by its number."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.complaints import numbers
from modules.complaints.models import Complaint
from modules.complaints.open311 import errors, mapping, querying
from modules.complaints.open311.endpoint import cleaned
from modules.complaints.open311.rendering import respond
from modules.complaints.selectors import happenings, public

STATUSES = ("open", "closed")


def listing(request: HttpRequest, form: str) -> HttpResponse:
    """List public reports, the newest first; given ids stand above all other filters."""
    told = cleaned(request.GET)
    wanted = querying.words(told, "service_request_id")
    rows = _by_id(wanted) if wanted else _matching(told)
    return respond(form, "service_requests", mapping.requests(list(rows[querying.page(told)])))


def single(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """Send one public report, as a list of one."""
    found = public.by_number(number)
    if found is None:
        raise errors.missing(_("The service_request_id was not found."))
    return respond(form, "service_requests", mapping.requests([found]))


def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    """Send the number of a report whose reference a program got when it sent it."""
    reference = _reference(token)
    rows = Complaint.objects.filter(uuid=reference) if reference else Complaint.objects.none()
    found = rows.only("number").first()
    if found is None:
        raise errors.missing(_("The token was not found."))
    row = {"service_request_id": found.number, "token": token}
    return respond(form, "service_requests", [row])


def updates(request: HttpRequest, form: str) -> HttpResponse:
    """List what happened to public reports, for FixMyStreet's servicerequestupdates."""
    span = querying.span(cleaned(request.GET), timezone.now())
    entries = happenings.between(span.start, span.end, querying.MOST)
    return respond(form, "service_request_updates", [mapping.update(entry) for entry in entries])


def _by_id(wanted: list[str]) -> QuerySet[Complaint]:
    if len(wanted) > querying.MOST_IDS:
        words = _("At most %(most)s service_request_id at a time.")
        raise errors.bad(words % {"most": querying.MOST_IDS})
    known = {numbers.parse(number) for number in wanted} - {None}
    return _full(public.visible().filter(number__in=known))


def _matching(told: dict[str, str]) -> QuerySet[Complaint]:
    span = querying.span(told, timezone.now())
    rows = public.listed().filter(created_at__gte=span.start, created_at__lte=span.end)
    if codes := querying.words(told, "service_code"):
        rows = rows.filter(category__slug__in=codes)
    states = set(querying.words(told, "status", STATUSES))
    if states == {"open"}:
        rows = rows.filter(state__in=mapping.OPEN_STATES)
    elif states == {"closed"}:
        rows = rows.exclude(state__in=mapping.OPEN_STATES)
    return _full(rows)


def _full(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    rows = rows.select_related("category", "area", "district", "agency")
    rows = rows.defer("area__boundary", "district__boundary", "search", "suspicions")
    return rows.order_by("-created_at", "-id")


def _reference(token: str) -> UUID | None:
    try:
        return UUID(token)
    except ValueError:
        return None
