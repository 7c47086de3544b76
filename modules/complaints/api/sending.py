"""Send a report."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Status
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from balai.api import keys
from balai.directory.models import Area
from modules.complaints import limits, tokens
from modules.complaints.api.common import ERRORS, SENDER, clean, once, router
from modules.complaints.models import Complaint
from modules.complaints.schemas import PointIn, ReceiptOut, ReportIn
from modules.complaints.selectors import areas, categories
from modules.complaints.services import Draft, intake


@router.post("/reports", response={201: ReceiptOut, **ERRORS}, auth=SENDER)
@decorate_view(once("complaints.api"))
def send_report(request: HttpRequest, told: ReportIn) -> Status[ReceiptOut]:
    """Send a report. When this answers 201 it is stored for good.

    A repetition with the same header ``Idempotency-Key`` gets the first answer.
    """
    if keys.of(request) is None and not limits.allow_report(request, told.phone):
        raise HttpError(429, _("Too many tries. Please wait ten minutes."))
    receipt = intake.report(draft=_draft(request, told), reporter=_account(request))
    report = receipt.complaint
    secret = tokens.secret_of(report.uuid)
    told_back = ReceiptOut(
        uuid=report.uuid,
        number=report.number,
        secret=secret,
        check_by=report.due_at or report.created_at,
    )
    return Status(201, told_back)


def _account(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _draft(request: HttpRequest, told: ReportIn) -> Draft:
    category = categories.offered(told.category)
    if category is None:
        raise ValidationError({"category": _("There is no such kind of problem.")})
    plain = told.model_dump(exclude={"category", "area", "point"})
    pin = (told.point.latitude, told.point.longitude) if told.point else None
    return Draft(
        category=category,
        area=_area(told.area, told.point),
        pin=pin,
        language=translation.get_language() or "id",
        source=Complaint.Source.API,
        api_key=keys.of(request),
        **{name: clean(value) for name, value in plain.items()},
    )


def _area(code: str | None, point: PointIn | None) -> Area | None:
    """Return where it is; raises ValidationError when that is nowhere in this region."""
    chosen = areas.by_code(code) if code else None
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
