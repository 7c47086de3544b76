"""Read what is public."""

from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Path, Query, Schema
from pydantic import Field

from balai.api.schemas import Problem
from balai.directory.models import Agency, Area
from modules.complaints.api import showing
from modules.complaints.api.common import ANYBODY, ERRORS, router
from modules.complaints.models import Category
from modules.complaints.schemas import AreaCode, CategoryOut, PublicReportOut, ReportPage, Slug
from modules.complaints.selectors import case, categories, public
from modules.complaints.selectors.public_filters import PERIODS, Filters, box

PER_PAGE = 50
Number = Annotated[str, Path(min_length=6, max_length=30)]
LISTED = {200: ReportPage, 401: Problem, 403: Problem, 422: Problem, 429: Problem}


class Wanted(Schema):
    """What is to be listed; everything may be left out. Addresses carry texts: "7" is 7 here."""

    page: Annotated[int, Field(ge=1, le=10_000)] = 1
    q: Annotated[str, Field(max_length=100, description="Words, or a tracking number.")] = ""
    status: Annotated[str, Field(max_length=100, description="waiting, handled or done.")] = ""
    category: Slug | None = None
    district: Annotated[AreaCode | None, Field(description="The code of a kecamatan.")] = None
    agency: Annotated[str, Field(max_length=40, description="The code of an agency.")] = ""
    days: Annotated[int | None, Field(description="Only of the last 7, 30, 90 or 365 days.")] = None
    bbox: Annotated[str, Field(max_length=100, description="west,south,east,north in degrees.")] = (
        ""
    )
    sort: Literal["newest", "followed", "waiting"] = "newest"


@router.get("/categories", response=list[CategoryOut])
def list_categories(request: HttpRequest) -> list[CategoryOut]:
    """List what may be reported."""
    return [
        CategoryOut(slug=item.slug, group=group.category.label, label=item.label, days=item.days)
        for group in categories.groups()
        for item in group.choices
    ]


@router.get("/reports", response=LISTED, auth=ANYBODY)
def list_reports(request: HttpRequest, wanted: Query[Wanted]) -> ReportPage:
    """List public reports, the newest first, 50 a page."""
    rows = public.reports(_filters(wanted))
    start = (wanted.page - 1) * PER_PAGE
    shown = [showing.report(row) for row in rows[start : start + PER_PAGE]]
    return ReportPage(count=rows.order_by().count(), reports=shown)


def read_report(request: HttpRequest, number: Number) -> PublicReportOut:
    """Read one public report by its number, with its history and the photos that were approved."""
    found = public.by_number(number)
    if found is None:
        raise Http404
    photos = [
        showing.absolute(reverse("files:media", args=[photo.file.uuid, "large"]))
        for photo in public.approved_photos(found)
    ]
    return PublicReportOut(
        **showing.report(found).model_dump(),
        text=found.text,
        where=showing.place(found),
        photos=photos,
        steps=showing.steps(case.entries(found, case.PUBLIC)),
    )


def _filters(wanted: Wanted) -> Filters:
    edges = box(wanted.bbox) if wanted.bbox else None
    wrong: dict[str, str] = {}
    if wanted.bbox and edges is None:
        wrong["bbox"] = _("bbox must be west,south,east,north in degrees.")
    if wanted.days is not None and wanted.days not in PERIODS:
        wrong["days"] = _("Choose 7, 30, 90 or 365 days.")
    filters = Filters(
        query=wanted.q.replace("\0", "").strip(),
        status=wanted.status,
        category=_found(Category, "slug", wanted.category, "category", wrong),
        district=_found(Area, "code", wanted.district, "district", wrong),
        agency=_found(Agency, "code", wanted.agency, "agency", wrong),
        period=wanted.days,
        box=edges,
        sort=wanted.sort,
    )
    if wrong:
        raise ValidationError(wrong)
    return filters


def _found(
    model: "type[Category | Area | Agency]",
    field: str,
    value: str | None,
    name: str,
    wrong: dict[str, str],
) -> int | None:
    """Return the id of what is named; write down a name that nobody knows."""
    if not value:
        return None
    known = model._default_manager.filter(**{field: value.replace("\0", "")})
    found: int | None = known.values_list("pk", flat=True).first()
    if found is None:
        wrong[name] = _("There is no such thing here.")
    return found


ONE = {200: PublicReportOut, **ERRORS}
