"""Empty reports whose time is over: a tombstone stays, with nothing of a person in it.

Number, kind, area, agency, states and dates stay for statistics. Everything else goes: text, photos
with their bytes, contact, coordinates, messages, followers. Source: UU PDP 27/2022, articles 43-45.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from balai import audit
from balai.audit.actor import acting_as
from balai.files.models import StoredFile
from balai.files.services import remove_bytes
from balai.notify import subscriptions
from balai.privacy.services import holds
from modules.complaints import conf, following
from modules.complaints.models import (
    Audit,
    Capture,
    Complaint,
    Contact,
    Entry,
    HoldRequest,
    OutsideCase,
    Photo,
    RemotePhoto,
)
from modules.complaints.selectors import family
from modules.complaints.services.moving import announce, locked
from modules.complaints.services.photos import PURPOSE
from modules.complaints.states import State

BATCH: Final = 200
AT_MOST: Final = 5_000
"""Reports emptied in one run; the next night goes on."""

CLEARED: Final[dict[str, Any]] = {
    "text": "", "landmark": "", "latitude": None, "longitude": None, "reporter": None,
    "recipient": "", "suspicions": [], "search": None, "published_at": None,
    "seen_at": None,
}  # fmt: skip
COVERED: Final = frozenset(
    {"Audit", "BulkAction", "Capture", "Complaint", "Contact", "Entry", "Flag", "HoldRequest",
     "OutsideCase", "Photo", "RemotePhoto"}
)  # fmt: skip
"""Every table that speaks of a report; a test compares the list with the models."""


def sweep(*, now: datetime) -> int:
    """Empty what is due at ``now`` and return how many reports it were; again does no harm.

    Each report has its own transaction.

    Raises:
        ExceptionGroup: after all others were done, with what kept back some of them.
    """
    done, failed = 0, []
    for pk in _due(now):
        try:
            done += erase(pk=pk, now=now)
        except Exception as error:  # told to whoever watches the jobs, when the rest is done
            failed.append(error)
    if failed:
        raise ExceptionGroup("reports that could not be emptied", failed)
    return done


@transaction.atomic
def erase(*, pk: int, now: datetime) -> bool:
    """Empty one report; tell whether there was something to empty and its time was over."""
    current = locked(Complaint(pk=pk))
    if (
        current.erased_at is not None
        or not _is_due(current, now)
        or holds.held("complaints", [current.number])
    ):
        return False
    empty(complaint=current, now=now)
    return True


@transaction.atomic
def empty(*, complaint: Complaint, now: datetime) -> None:
    """Empty a report that the caller holds locked, whatever its age: its reporter wants it so."""
    current = complaint
    _erase_photos(current)
    _erase_words(current)
    subscriptions.end(following.subject(current.uuid))
    for name, value in CLEARED.items():
        setattr(current, name, value)
    current.title, current.erased_at = current.category.label_id, now
    current.save(update_fields=["title", "erased_at", *CLEARED])
    announce("complaints.erased", current)
    with acting_as("system"):
        audit.record(
            action="complaints.erased", target=current.number, after={"state": current.state}
        )


def _due(now: datetime) -> Iterator[int]:
    """Yield the reports that are due, in batches, each once."""
    last, left = 0, AT_MOST
    while left > 0:
        rows = _overdue(now).filter(pk__gt=last).order_by("pk")
        batch = list(rows.values_list("pk", flat=True)[: min(BATCH, left)])
        if not batch:
            return
        yield from batch
        last, left = batch[-1], left - len(batch)


def _overdue(now: datetime) -> QuerySet[Complaint]:
    """Return what may be due. A duplicate is kept as long as its case: that is asked later."""
    rules = conf.current()
    ended = Complaint.objects.filter(erased_at=None).annotate(
        ended_at=Coalesce(F("closed_at"), F("resolved_at"), F("created_at"))
    )
    rejected, done = _ago(now, rules.keep_rejected_years), _ago(now, rules.keep_done_years)
    over = Q(state=State.REJECTED, ended_at__lt=rejected) | Q(state=State.CLOSED, ended_at__lt=done)
    joined = Q(state=State.DUPLICATE, created_at__lt=rejected)
    return ended.filter(over | joined)


def _is_due(complaint: Complaint, now: datetime) -> bool:
    if complaint.state != State.DUPLICATE:
        return _overdue(now).filter(pk=complaint.pk).exists()
    main = family.root(complaint)
    gone = main.pk == complaint.pk or main.erased_at is not None
    return gone or _overdue(now).filter(pk=main.pk).exists()


def _ago(now: datetime, years: int) -> datetime:
    """Return the same day ``years`` before; the 28th for a leap day."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)


def _erase_photos(complaint: Complaint) -> None:
    """Delete rows now, bytes after the commit; what a crash leaves, ``files`` sweeps in a day."""
    shown = Photo.objects.filter(complaint=complaint)
    ids = [pk for pair in shown.values_list("file_id", "original_id") for pk in pair if pk]
    shown.delete()
    own = Q(owner=str(complaint.uuid), purpose__startswith=PURPOSE) | Q(pk__in=ids)
    for file in StoredFile.objects.filter(own):
        _forget_after_commit(file.purpose, file.uuid)
        file.delete()


def _forget_after_commit(purpose: str, name: object) -> None:
    transaction.on_commit(lambda: remove_bytes(purpose, name))


def _erase_words(complaint: Complaint) -> None:
    """Delete what people wrote; keep that it was moved, when and by which office."""
    Contact.objects.filter(complaint=complaint).delete()
    Capture.objects.filter(complaint=complaint).delete()
    RemotePhoto.objects.filter(complaint=complaint).delete()
    entries = Entry.objects.filter(complaint=complaint)
    entries.filter(to_state="", move="").delete()
    entries.update(text="")
    HoldRequest.objects.filter(complaint=complaint).update(reason="")
    Audit.objects.filter(complaint=complaint).update(note="")
    OutsideCase.objects.filter(complaint=complaint).update(address="", error="", status="")
