"""What other bodies may come to know of an incident: facts to match it by, then single fields.

Never a caller: neither number nor name is among the fields.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from modules.emergency.models import Category, Incident
from modules.emergency.selectors import reach, sealing
from modules.emergency.workflow import DISPATCH

FIELDS: Final[dict[str, Promise]] = {
    "text": pgettext_lazy("shared field", "What is happening"),
    "address": pgettext_lazy("shared field", "Address"),
    "landmark": pgettext_lazy("shared field", "Landmark"),
    "position": pgettext_lazy("shared field", "Position on the map"),
    "casualties": pgettext_lazy("shared field", "Casualties"),
    "hazards": pgettext_lazy("shared field", "Hazards"),
}


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A category that incidents can be chosen by."""

    slug: str
    label: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known of an incident without its words; ``areas`` are codes, the smallest first.

    ``sealed``: two people must agree before it is passed on. An incident is never public and the
    centre has always looked at it.
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
    """One field of an incident in words."""

    key: str
    label: str
    text: str


def kinds() -> list[CaseKind]:
    """Return the categories in use; one query."""
    return [CaseKind(row.slug, row.label, "112") for row in Category.objects.all()]


def by_uuid(references: Iterable[UUID]) -> dict[UUID, CaseFacts]:
    """Return the facts of some incidents; one query."""
    return {row.uuid: _facts(row) for row in _rows().filter(uuid__in=list(references))}


def search(user: Any, query: str, limit: int) -> list[CaseFacts]:
    """Return the incidents that somebody may pass on, newest first.

    Args:
        query: a part of the number, or of the category's name. What was told is not searched:
            a sealed incident must not be found by its words.
    """
    if not user.has_perm(DISPATCH):
        return []
    rows = reach.incidents(user).filter(pk__in=_rows().values("pk"))
    rows = rows.select_related("category", "area__parent").defer(
        "area__boundary", "area__parent__boundary"
    )
    for word in query.replace("\0", "").split()[:5]:
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(sealed=False, category__label_id__icontains=word)
            | Q(sealed=False, category__label_en__icontains=word)
        )
    return [_facts(sealing.redacted(row)) for row in rows.order_by("-created_at", "-id")[:limit]]


def may_share(user: Any, reference: UUID) -> bool:
    """Tell whether somebody may decide who else hears of an incident: a dispatcher within reach."""
    if not user.has_perm(DISPATCH):
        return False
    return reach.incidents(user).filter(uuid=reference).exists()


def details(reference: UUID, wanted: Collection[str]) -> list[Detail]:
    """Return those of the ``wanted`` fields that the incident has, in the order of FIELDS."""
    row = Incident.objects.filter(uuid=reference).first()
    if row is None:
        return []
    placed = row.latitude is not None and row.longitude is not None
    told = {
        "text": row.text,
        "address": row.address,
        "landmark": row.landmark,
        "position": f"{row.latitude:.5f}, {row.longitude:.5f}" if placed else "",
        "casualties": str(row.casualties) if row.casualties else "",
        "hazards": row.hazards,
    }
    return [
        Detail(key, str(FIELDS[key]), text)
        for key, text in told.items()
        if key in wanted and text
    ]  # fmt: skip


def photos(reference: UUID) -> list[UUID]:
    """Return no photo: those of a scene stay with the centre and the crews."""
    return []


def _rows() -> QuerySet[Incident]:
    rows = Incident.objects.select_related("category", "area__parent")
    return rows.defer("area__boundary", "area__parent__boundary", "text", "answers")


def _facts(row: Incident) -> CaseFacts:
    area = row.area
    chain = [area, area.parent if area else None]
    known = [one for one in chain if one is not None]
    return CaseFacts(
        uuid=row.uuid, number=row.number, category=row.category.slug, label=row.category.label,
        place=", ".join(one.name for one in known), areas=tuple(one.code for one in known),
        status=row.status, created_at=row.created_at, open=row.open, checked=True,
        sealed=row.sealed, secret=True, sample=row.sample,
    )  # fmt: skip
