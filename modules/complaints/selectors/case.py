"""One report, found by whoever may, and its history as lines for a page."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from modules.complaints import tokens
from modules.complaints.models import Complaint, Contact, Entry, Photo
from modules.complaints.numbers import parse

if TYPE_CHECKING:
    from balai.api.models import ApiKey

Audience = Entry.Audience
PUBLIC = (Audience.PUBLIC,)
REPORTER = (Audience.PUBLIC, Audience.REPORTER)
STAFF = (Audience.PUBLIC, Audience.REPORTER, Audience.INTERNAL)


def _full() -> QuerySet[Complaint]:
    rows = Complaint.objects.select_related("category", "area", "district", "agency")
    return rows.defer("area__boundary", "district__boundary")


def by_uuid(reference: UUID) -> Complaint | None:
    """Return the report; whether the visitor may see it is asked in ``access.py``."""
    return _full().filter(uuid=reference).first()


def by_number(number: str, secret: str) -> Complaint | None:
    """Return the report with this number if the secret fits, else None."""
    known = parse(number)
    found = _full().filter(number=known).first() if known else None
    if found and tokens.fits(found.uuid, found.secret_hash, secret):
        return found
    return None


def sent_with(number: str, key: "ApiKey") -> Complaint | None:
    """Return the report with this number if it was sent with the key, else None."""
    known = parse(number)
    return _full().filter(number=known, api_key=key).first() if known else None


def of_reporter(user_id: int | None, opened: frozenset[UUID]) -> QuerySet[Complaint]:
    """Return the reports of an account and those this browser has opened with their secret."""
    rows = _full().filter(uuid__in=opened)
    if user_id is not None:
        rows = rows | _full().filter(reporter=user_id)
    return rows.order_by("-created_at", "-id")


def entries(complaint: Complaint, audiences: tuple[str, ...]) -> list[Entry]:
    """Return the history's lines, oldest first, with who wrote them.

    A move is told to everybody, but its text only to its own audience.
    """
    rows = Entry.objects.filter(complaint=complaint).select_related("actor", "agency")
    seen = []
    for entry in rows:
        if entry.audience not in audiences:
            if not entry.to_state:
                continue
            entry.text = ""
        seen.append(entry)
    return seen


def photos(complaint: Complaint, *, approved_only: bool) -> list[Photo]:
    """Return the photos, the problem's first."""
    rows = Photo.objects.filter(complaint=complaint).select_related("file")
    rows = rows.filter(approved_at__isnull=False) if approved_only else rows
    return sorted(rows, key=lambda photo: (photo.stage != Photo.Stage.BEFORE, photo.pk))


def talk_photos(complaint: Complaint) -> dict[int, list[Photo]]:
    """Return the photos that were sent with messages, by the line they came with."""
    found: dict[int, list[Photo]] = {}
    rows = Photo.objects.filter(complaint=complaint, stage=Photo.Stage.TALK, entry__isnull=False)
    for photo in rows.select_related("file").order_by("id"):
        found.setdefault(int(photo.entry_id or 0), []).append(photo)
    return found


def contact(complaint: Complaint) -> Contact | None:
    """Return how to reach the reporter, if they told. Never for a page."""
    return Contact.objects.filter(complaint=complaint).first()


def for_notice(pk: int) -> Complaint | None:
    """Return a report with everything a notice needs."""
    rows = Complaint.objects.select_related("category", "agency", "reporter", "contact")
    return rows.filter(pk=pk).first()


def for_clock(subject: str) -> Complaint | None:
    """Return the report a clock belongs to, with everything a notice needs."""
    rows = Complaint.objects.select_related("category", "agency", "reporter", "contact")
    return rows.filter(uuid=subject).first()


def entry(pk: object) -> Entry | None:
    """Return the line of a history that an event names, if it names one."""
    return (
        Entry.objects.select_related("agency").filter(pk=pk).first()
        if isinstance(pk, int)
        else None
    )
