"""Take in a report: text, place, photos and as much of the reporter as they allowed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from balai import context, workcal
from balai.directory import reference
from modules.complaints import conf, suspicion, tokens
from modules.complaints.models import Category, Complaint, Contact, Entry, Photo
from modules.complaints.services import clocking, indexing, numbering
from modules.complaints.services.moving import Author, announce, note
from modules.complaints.services.photos import keep_all
from modules.complaints.states import State

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.api.models import ApiKey
    from balai.directory.models import Area

TITLE_LENGTH = 90
Identity = Complaint.Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a citizen told. ``pin`` is (latitude, longitude) in degrees, of the problem.

    ``own`` is where they stood, if they let the phone say so; kept apart, for the coordinator.
    """

    category: Category
    text: str
    identity: str = Identity.SECRET
    kind: str = Complaint.Kind.COMPLAINT
    area: "Area | None" = None
    landmark: str = ""
    pin: tuple[float, float] | None = None
    secret: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    prefers: str = ""
    own: tuple[float, float] | None = None
    language: str = "id"
    title: str = ""
    source: str = Complaint.Source.WEB
    api_key: "ApiKey | None" = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The stored report, and what to tell about photos that could not be kept."""

    complaint: Complaint
    photo_problems: tuple[str, ...] = ()


@transaction.atomic
def report(
    *,
    draft: Draft,
    reporter: "User | None" = None,
    photos: "Sequence[UploadedFile[Any]]" = (),
    sample: bool = False,
    now: datetime | None = None,
) -> Receipt:
    """Store a report and return its receipt; when this returns and commits, nothing can be lost.

    Args:
        draft: what was told; checked by the form or the API.
        reporter: the signed-in citizen; not stored for an anonymous report.
        photos: uploads; one that fails is told in the receipt, the text stands.
        sample: made up to show what the site can do.
        now: when it came; an aware time, the present by default.
    """
    now, own_id = now or timezone.now(), uuid.uuid4()
    kept = keep_all(photos, owner=own_id)
    complaint = indexing.create(
        uuid=own_id,
        number=_number(now),
        secret_hash=tokens.digest(own_id, tokens.secret_of(own_id)),
        **_told(draft),
        **_privacy(draft, reporter),
        suspicions=suspicion.examine(draft.title or "", draft.text, draft.landmark),
        state=State.RECEIVED,
        sample=sample,
        created_at=now,
        due_at=workcal.add_working_days(now, conf.current().verify_days),
    )
    _keep_contact(complaint, draft)
    Photo.objects.bulk_create(kept.rows(complaint, now))
    clocking.begin(complaint, now)
    _remember(complaint, now)
    return Receipt(complaint, tuple(kept.problems))


def _told(draft: Draft) -> dict[str, Any]:
    """Return what the reporter told of the problem, as fields."""
    return {
        "kind": draft.kind,
        "category": draft.category,
        "title": draft.title or title_of(draft.text),
        "text": draft.text,
        "language": draft.language,
        "source": draft.source,
        "api_key": draft.api_key,
        "area": draft.area,
        "district": _district(draft.area),
        "landmark": draft.landmark,
        "latitude": draft.pin[0] if draft.pin else None,
        "longitude": draft.pin[1] if draft.pin else None,
    }


def _privacy(draft: Draft, reporter: "User | None") -> dict[str, Any]:
    """Return how much is known of the reporter, and whether the report may ever be public."""
    whistle = draft.kind == Complaint.Kind.WHISTLE
    return {
        "identity": draft.identity,
        "reporter": None if draft.identity == Identity.ANONYMOUS else reporter,
        "secret": draft.secret or whistle or draft.category.secret_default,
    }


def _keep_contact(complaint: Complaint, draft: Draft) -> None:
    anonymous = draft.identity == Identity.ANONYMOUS
    latitude, longitude = draft.own or (None, None)
    if not anonymous and (draft.name or draft.email or draft.phone or draft.own):
        Contact.objects.create(
            complaint=complaint, name=draft.name, email=draft.email, phone=draft.phone,
            prefers=draft.prefers, latitude=latitude, longitude=longitude,
        )  # fmt: skip


def title_of(text: str) -> str:
    """Return a heading made of the text's first sentence; the verifier may rewrite it."""
    first = " ".join(text.split())
    for stop in (". ", "! ", "? "):
        first = first.partition(stop)[0]
    if len(first) <= TITLE_LENGTH:
        return first.rstrip(".!?") or first
    return first[:TITLE_LENGTH].rpartition(" ")[0].rstrip(",;:") + "…"


def _number(now: datetime) -> str:
    region = context.current_region()
    prefix = reference.regency(region.code).letters
    return numbering.next_number(prefix=prefix, year=now.astimezone(region.zone).year)


def _district(area: "Area | None") -> "Area | None":
    return area.parent if area is not None and area.parent_id else area


def _remember(complaint: Complaint, now: datetime) -> None:
    """Write the first line of its history, the event and the audit row, without a name."""
    Entry.objects.create(
        complaint=complaint, at=now, move="report", to_state=State.RECEIVED,
        author=Author.REPORTER, audience=Entry.Audience.PUBLIC,
    )  # fmt: skip
    announce("complaints.report", complaint)
    note("complaints.report", complaint)
