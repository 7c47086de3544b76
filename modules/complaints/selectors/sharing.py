"""What other bodies may come to know of a report: facts to match it by, then single fields.

Never the reporter: neither name nor contact nor position of theirs is among the fields.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from modules.complaints import rights
from modules.complaints.models import Category, Complaint, Photo
from modules.complaints.selectors.public import words
from modules.complaints.states import NOT_YET_PUBLIC, OPEN
from modules.complaints.workflow import VERIFY

FIELDS: Final[dict[str, Promise]] = {
    "title": pgettext_lazy("shared field", "Heading"),
    "text": pgettext_lazy("shared field", "What was written"),
    "landmark": pgettext_lazy("shared field", "Landmark"),
    "position": pgettext_lazy("shared field", "Position on the map"),
    "photos": pgettext_lazy("shared field", "Photos, faces covered"),
}


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A category that cases can be chosen by."""

    slug: str
    label: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known of a case without its words; ``areas`` are codes, the smallest first.

    ``sealed``: two people must agree before it is passed on. ``checked``: somebody of the city
    has looked at it.
    """

    uuid: UUID
    number: str
    category: str
    label: str
    place: str
    areas: tuple[str, ...]
    status: Any
    created_at: datetime
    open: bool
    checked: bool
    sealed: bool
    secret: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of a case in words."""

    key: str
    label: str
    text: str


def kinds() -> list[CaseKind]:
    """Return the categories that reports are sent in, with their groups; one query."""
    rows = Category.objects.filter(parent__isnull=False).select_related("parent")
    return [CaseKind(row.slug, row.label, row.parent.label if row.parent else "") for row in rows]


def by_uuid(references: Iterable[UUID]) -> dict[UUID, CaseFacts]:
    """Return the facts of some reports; one query. Emptied ones are not among them."""
    rows = _rows().filter(uuid__in=list(references), erased_at=None)
    return {row.uuid: _facts(row) for row in rows}


def search(user: Any, query: str, limit: int) -> list[CaseFacts]:
    """Return the reports that an officer may pass on and that fit some words, newest first."""
    rows = _rows().filter(erased_at=None).order_by("-created_at", "-id")
    rows = rights.within_reach(rows, user)
    if query:
        rows = rows.filter(words(query))
    return [_facts(row) for row in rows[:limit] if rights.has(user, VERIFY, row)]


def may_share(user: Any, reference: UUID) -> bool:
    """Tell whether an officer may decide who else hears of a report: who routes it may."""
    row = Complaint.objects.filter(uuid=reference).first()
    return row is not None and rights.has(user, VERIFY, row)


def details(reference: UUID, wanted: Collection[str]) -> list[Detail]:
    """Return those of the ``wanted`` fields that the report has, in the order of FIELDS."""
    row = Complaint.objects.filter(uuid=reference, erased_at=None).first()
    if row is None:
        return []
    placed = row.latitude is not None and row.longitude is not None
    told = {
        "title": row.title,
        "text": row.text,
        "landmark": row.landmark,
        "position": f"{row.latitude:.5f}, {row.longitude:.5f}" if placed else "",
    }
    return [
        Detail(key, str(FIELDS[key]), text)
        for key, text in told.items()
        if key in wanted and text
    ]  # fmt: skip


def photos(reference: UUID) -> list[UUID]:
    """Return the stored files of a report's photos as the city covered them; none of talks."""
    rows = Photo.objects.filter(complaint__uuid=reference, complaint__erased_at=None)
    rows = rows.filter(approved_at__isnull=False).exclude(stage=Photo.Stage.TALK)
    return list(rows.values_list("file__uuid", flat=True))


def _rows() -> QuerySet[Complaint]:
    rows = Complaint.objects.select_related("category", "area", "district")
    return rows.defer("area__boundary", "district__boundary", "search", "text")


def _facts(row: Complaint) -> CaseFacts:
    areas = [area.code for area in (row.area, row.district) if area is not None]
    return CaseFacts(
        uuid=row.uuid, number=row.number, category=row.category.slug, label=row.category.label,
        place=row.place, areas=tuple(dict.fromkeys(areas)), status=row.status,
        created_at=row.created_at, open=row.state in OPEN,
        checked=row.state not in NOT_YET_PUBLIC, sealed=row.kind == Complaint.Kind.WHISTLE,
        secret=row.secret, sample=row.sample,
    )  # fmt: skip
