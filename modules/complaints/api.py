"""The API of reports: send, follow, list. A repeated POST with one Idempotency-Key counts once."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from balai.api.idempotency import idempotent
from balai.api.schemas import Problem
from balai.directory.models import Area
from modules.complaints import limits, tokens
from modules.complaints.models import Category, Complaint
from modules.complaints.schemas import (
    CategoryOut,
    OwnReportOut,
    PointIn,
    ReceiptOut,
    ReportIn,
    ReportOut,
    ReportPage,
    StepOut,
    TrackIn,
)
from modules.complaints.selectors import areas, case, categories, public
from modules.complaints.services import Draft, intake

View = Callable[..., HttpResponseBase]
router = Router(tags=["reports"])
ERRORS = {code: Problem for code in (400, 403, 404, 409, 415, 422, 429)}
Page = Annotated[int, Query(ge=1, le=10_000)]
Words = Annotated[str, Query(max_length=100)]
Number = Annotated[str, Path(min_length=6, max_length=30)]


def once(view: View) -> View:
    """Take JSON only, before anything reads the body; a repetition gets the first answer."""
    answer = idempotent("complaints.api")(view)

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.content_type != "application/json":
            problem = Problem(code="unsupported_media_type", message=_("Send JSON."))
            return JsonResponse(problem.model_dump(), status=415)
        return answer(request, *args, **kwargs)

    return checked


@router.get("/categories", response=list[CategoryOut])
def list_categories(request: HttpRequest) -> list[CategoryOut]:
    """List what may be reported."""
    return [
        CategoryOut(slug=item.slug, group=group.category.label, label=item.label, days=item.days)
        for group in categories.groups()
        for item in group.choices
    ]


@router.get("/reports", response={200: ReportPage, 422: Problem, 429: Problem})
def list_reports(
    request: HttpRequest, page: Page = 1, q: Words = "", status: Words = ""
) -> ReportPage:
    """List public reports, the newest first, 50 a page; ``status`` is waiting, handled or done."""
    rows = public.reports(public.Filters(query=q.replace("\0", ""), status=status))
    start = (page - 1) * 50
    return ReportPage(count=rows.count(), reports=[_out(row) for row in rows[start : start + 50]])


@router.post("/reports", response={201: ReceiptOut, **ERRORS})
@decorate_view(once)
def send_report(request: HttpRequest, told: ReportIn) -> Status[ReceiptOut]:
    """Send a report. When this answers 201 it is stored for good."""
    if not limits.allow("report", request):
        raise HttpError(429, _("Too many tries. Please wait ten minutes."))
    receipt = intake.report(draft=_draft(told), reporter=_account(request))
    report = receipt.complaint
    secret = tokens.secret_of(report.uuid)
    told_back = ReceiptOut(
        uuid=report.uuid,
        number=report.number,
        secret=secret,
        check_by=report.due_at or report.created_at,
    )
    return Status(201, told_back)


@router.post("/reports/track", response={200: OwnReportOut, **ERRORS})
def track_report(request: HttpRequest, told: TrackIn) -> OwnReportOut:
    """Read one's own report with its number and secret. POST keeps the secret out of logs."""
    if limits.exhausted("track", request):
        raise HttpError(429, _("Too many tries. Please wait ten minutes."))
    found = case.by_number(told.number, told.secret)
    if found is None:
        limits.allow("track", request)
        raise Http404
    steps = [
        StepOut(at=entry.at, state=entry.to_state, text=entry.text)
        for entry in case.entries(found, case.REPORTER)
    ]
    return OwnReportOut(**_out(found).model_dump(), text=found.text, steps=steps)


# After /reports/track: Django takes the first path that fits.
@router.get("/reports/{number}", response={200: ReportOut, **ERRORS})
def read_report(request: HttpRequest, number: Number) -> ReportOut:
    """Read one public report by its number."""
    found = public.by_number(number)
    if found is None:
        raise Http404
    return _out(found)


def _account(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _draft(told: ReportIn) -> Draft:
    category = Category.objects.filter(
        slug=told.category, active=True, parent__isnull=False
    ).first()
    if category is None:
        raise ValidationError({"category": _("There is no such kind of problem.")})
    plain = told.model_dump(exclude={"category", "area", "point"})
    pin = (told.point.latitude, told.point.longitude) if told.point else None
    return Draft(
        category=category,
        area=_area(told.area, told.point),
        pin=pin,
        language=translation.get_language() or "id",
        **{name: _clean(value) for name, value in plain.items()},
    )


def _clean(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def _area(code: str | None, point: PointIn | None) -> Area | None:
    """Return where it is; raises ValidationError when that is nowhere in this region."""
    chosen = Area.objects.filter(code=code).select_related("parent").first() if code else None
    if code and chosen is None:
        raise ValidationError({"area": _("There is no such area here.")})
    if point is None and chosen is None:
        raise ValidationError({"area": _("Give a point or an area.")})
    if point is None:
        return chosen
    place = areas.locate((point.latitude, point.longitude))
    if place.outside:
        raise ValidationError({"point": place.words})
    return place.area or chosen


def _out(report: Complaint) -> ReportOut:
    return ReportOut(
        uuid=report.uuid,
        number=report.number,
        title=report.title,
        state=report.state,
        category=report.category.slug,
        agency=report.agency.short_name if report.agency else "",
        place=report.place,
        created_at=report.created_at,
        due_at=report.due_at,
    )
