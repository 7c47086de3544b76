"""What the API of reports takes and gives; nothing of a reporter is ever given."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from balai.api.schemas import StrictSchema

Text = Annotated[str, Field(min_length=20, max_length=3000)]
Line = Annotated[str, Field(max_length=160)]
Slug = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[-a-z0-9_]+$")]
AreaCode = Annotated[str, Field(min_length=8, max_length=16, pattern=r"^[0-9.]+$")]


class PointIn(StrictSchema):
    """A place in decimal degrees, WGS84."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class ReportIn(StrictSchema):
    """A new report: ``category`` from /categories; a point, or the code of an area, or both."""

    category: Slug
    text: Text
    identity: Literal["anonymous", "secret", "named"] = "secret"
    kind: Literal["complaint", "aspiration", "information", "whistle"] = "complaint"
    area: AreaCode | None = None
    point: PointIn | None = None
    landmark: Line = ""
    secret: bool = False
    name: Annotated[str, Field(max_length=120)] = ""
    email: Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")] = ""
    phone: Annotated[str, Field(max_length=20, pattern=r"^$|^\+?[0-9 ()\-]{8,20}$")] = ""


class ReceiptOut(StrictSchema):
    """How to follow the report; the secret is given here and nowhere else."""

    uuid: UUID
    number: str
    secret: str
    check_by: datetime


class TrackIn(StrictSchema):
    """Number and secret of a receipt."""

    number: Annotated[str, Field(min_length=6, max_length=30)]
    secret: Annotated[str, Field(min_length=6, max_length=20)]


class StepOut(StrictSchema):
    """One line of a report's history."""

    at: datetime
    state: str
    text: str


class ReportOut(StrictSchema):
    """A report as everybody may read it."""

    uuid: UUID
    number: str
    title: str
    state: str
    category: str
    agency: str
    place: str
    created_at: datetime
    due_at: datetime | None


class ReportPage(StrictSchema):
    """A page of the public list."""

    count: int
    reports: list[ReportOut]


class OwnReportOut(ReportOut):
    """A report as its reporter reads it, with its history."""

    text: str
    steps: list[StepOut]


class CategoryOut(StrictSchema):
    """What may be reported."""

    slug: str
    group: str
    label: str
    days: int
