"""What the API of reports takes and gives; nothing of a reporter is ever given."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from balai.api.schemas import StrictSchema

Text = Annotated[
    str,
    Field(min_length=20, max_length=3000, examples=["Lampu jalan mati sejak Minggu malam."]),
]
Line = Annotated[str, Field(max_length=160)]
Slug = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[-a-z0-9_]+$", examples=["lampu-jalan"])
]
AreaCode = Annotated[
    str, Field(min_length=8, max_length=16, pattern=r"^[0-9.]+$", examples=["36.71.01"])
]


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


class Proof(StrictSchema):
    """What shows that a report is the caller's."""

    number: Annotated[str, Field(min_length=6, max_length=30, examples=["TNG-26-004217"])]
    secret: str


class TrackIn(Proof):
    """Number and secret of a receipt."""

    secret: Annotated[str, Field(min_length=6, max_length=20, examples=["K7M4-Q2XD"])]


class ProofIn(Proof):
    """Number and secret of a receipt; without the secret only the key that sent the report."""

    secret: Annotated[str, Field(max_length=20, examples=["K7M4-Q2XD"])] = ""


class MessageIn(ProofIn):
    """What is written to the officers."""

    text: Annotated[str, Field(min_length=3, max_length=3000, examples=["Masih gelap, Pak."])]


class StepOut(StrictSchema):
    """One line of a report's history; ``state`` is empty where it did not change."""

    at: datetime
    state: str
    title: str
    author: str
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


class PlaceOut(StrictSchema):
    """Where it is, as far as it is known."""

    area: str | None
    landmark: str
    latitude: float | None
    longitude: float | None


class PublicReportOut(ReportOut):
    """A report as everybody may read it, with its history and approved photos."""

    text: str
    where: PlaceOut
    photos: list[str]
    steps: list[StepOut]


class UpdateOut(StrictSchema):
    """A report that changed, as it is now; null when it is not public any more."""

    uuid: UUID
    at: datetime
    removed: bool
    report: ReportOut | None


class UpdatePage(StrictSchema):
    """What changed; ``cursor`` is for the next question."""

    cursor: str
    more: bool
    updates: list[UpdateOut]


class ConversationOut(StrictSchema):
    """What was written."""

    number: str
    state: str
    messages: list[StepOut]


class PhotosOut(StrictSchema):
    """How many photos of the problem the report holds now."""

    number: str
    photos: int


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
