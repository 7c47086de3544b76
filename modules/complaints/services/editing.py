"""What a reporter may change of their own report: mend it before anybody has read it, black words
out, take it back, make it more private. Rights: see ``access.py``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.audit.actor import acting_as
from balai.files import services as files
from modules.complaints import blackout
from modules.complaints.models import Category, Complaint, Photo
from modules.complaints.services import indexing, moderating
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    locked,
    move,
    record,
)
from modules.complaints.services.photos import MAX_PHOTOS, attach
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed, Who

if TYPE_CHECKING:
    from balai.directory.models import Area

ROUTED = ("verify", "decide")
EDITED = "complaints.edited"
BLACKED_OUT = "complaints.blacked_out"
IDENTITY_RAISED = "complaints.identity_raised"
Identity = Complaint.Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The report as its reporter wants it now. ``pin`` is (latitude, longitude) in degrees.

    ``remove`` are the keys of photos to take out, ``add`` are new ones.
    """

    title: str
    text: str
    category: Category
    area: "Area | None"
    landmark: str
    pin: tuple[float, float] | None
    remove: Collection[int] = ()
    add: "Sequence[UploadedFile[Any]]" = ()


def may_edit(complaint: Complaint) -> bool:
    """Tell whether nobody has verified the report yet: until then its words are the reporter's."""
    waiting = complaint.state in (State.RECEIVED, State.NEED_INFO)
    return waiting and not complaint.entries.filter(move__in=ROUTED).exists()


def may_black_out(complaint: Complaint) -> bool:
    """Tell whether words can be blacked out: whenever they cannot simply be changed."""
    return complaint.erased_at is None and not may_edit(complaint)


@transaction.atomic
def edit(*, complaint: Complaint, edit: Edit, now: datetime | None = None) -> Complaint:
    """Change a report that nobody has verified. What stood there before is kept nowhere.

    Raises:
        NotAllowed: when it was verified meanwhile, or would hold too many photos.
        UploadRejected: for a file that is no photo.
    """
    now, current = now or timezone.now(), locked(complaint)
    if not may_edit(current):
        raise NotAllowed(_("Somebody has read the report by now. You can black words out instead."))
    fields = _changes(current, edit)
    photos = _exchange_photos(current, edit, now)
    if not fields and not photos:
        return current
    for name, value in fields.items():
        setattr(current, name, value)
    current.__dict__.pop("place", None)
    current.edited_at = now
    looked = moderating.look_again(current)
    current.save(update_fields=[*fields, "edited_at", *looked])
    indexing.index(current)
    _tell(current, "edited", EDITED, Audience.REPORTER, now)
    return current


@transaction.atomic
def black_out(
    *, complaint: Complaint, parts: Mapping[str, Collection[int]], now: datetime | None = None
) -> Complaint:
    """Black words of title, text and landmark out, for good and for everybody, officers included.

    Args:
        parts: {field: places of the words, counted as ``blackout.words`` counts them}.

    Raises:
        NotAllowed: when no word was chosen, or the words can still be changed.
    """
    now, current = now or timezone.now(), locked(complaint)
    if not may_black_out(current):
        raise NotAllowed(_("Nobody has read the report yet: change the words themselves."))
    changed = []
    for name in blackout.FIELDS:
        old = getattr(current, name)
        new = blackout.cover(old, parts.get(name, ()))
        if new != old:
            setattr(current, name, new)
            changed.append(name)
    if not changed:
        raise NotAllowed(_("Choose the words to black out."))
    current.edited_at = now
    current.save(update_fields=[*changed, "edited_at"])
    indexing.index(current)
    _tell(current, "blacked_out", BLACKED_OUT, Audience.PUBLIC, now)
    return current


def withdraw(*, complaint: Complaint, reason: str = "", now: datetime | None = None) -> Complaint:
    """Take the report back. Work on it ends, public pages forget it, its history stays.

    Raises:
        NotAllowed: when it is over already, or declared done.
    """
    now = now or timezone.now()
    line = Line(Author.REPORTER, reason, Audience.REPORTER)
    changes = {"closed_at": now, "published_at": None}
    return move("withdraw", complaint=complaint, line=line, changes=changes, now=now)


@transaction.atomic
def hide(*, complaint: Complaint, now: datetime | None = None) -> Complaint:
    """Take the report from public pages, at its reporter's wish and for good.

    Raises:
        NotAllowed: when it is secret already.
    """
    current = locked(complaint)
    if current.secret:
        raise NotAllowed(_("The report is secret already."))
    current.secret, current.published_at = True, None
    current.save(update_fields=["secret", "published_at"])
    _tell(current, "made_secret", "complaints.made_secret", Audience.REPORTER, now)
    return current


@transaction.atomic
def hide_name(*, complaint: Complaint, now: datetime | None = None) -> Complaint:
    """Keep the reporter's name from the agency from now on.

    Raises:
        NotAllowed: when the agency does not see it anyway.
    """
    current = locked(complaint)
    if current.identity != Identity.NAMED:
        raise NotAllowed(_("Your name is not shown to the agency."))
    current.identity = Identity.SECRET
    current.save(update_fields=["identity"])
    _tell(current, "name_hidden", IDENTITY_RAISED, Audience.REPORTER, now)
    return current


def _changes(current: Complaint, edit: Edit) -> dict[str, Any]:
    area = edit.area
    wanted = {
        "title": edit.title.strip(),
        "text": edit.text.strip(),
        "category": edit.category,
        "area": area,
        "district": area.parent if area is not None and area.parent_id else area,
        "landmark": edit.landmark.strip(),
        "latitude": edit.pin[0] if edit.pin else None,
        "longitude": edit.pin[1] if edit.pin else None,
    }
    if edit.category.secret_default and not current.secret:
        wanted["secret"] = True
    return {name: value for name, value in wanted.items() if getattr(current, name) != value}


def _exchange_photos(current: Complaint, edit: Edit, now: datetime) -> bool:
    """Take photos out and put new ones in; tell whether anything changed."""
    own = Photo.objects.filter(complaint=current, stage=Photo.Stage.BEFORE)
    gone = list(own.filter(pk__in=edit.remove).select_related("file", "original"))
    if own.count() - len(gone) + len(edit.add) > MAX_PHOTOS:
        raise NotAllowed(_("The report has as many photos as it can hold."))
    for photo in gone:
        photo.delete()
        for stored in filter(None, (photo.file, photo.original)):
            forget = partial(files.remove_bytes, stored.purpose, stored.uuid)
            stored.delete()
            transaction.on_commit(forget)
    for upload in edit.add:
        attach(current, upload, stage=Photo.Stage.BEFORE, by=None, now=now)
    return bool(gone or edit.add)


def _tell(
    current: Complaint, word: str, topic: str, audience: Audience, now: datetime | None
) -> None:
    """Write history, event and audit row; what a reporter does is put down to no account."""
    line = Line(Author.REPORTER, "", audience)
    record(current, line, by=None, at=now or timezone.now(), topic=topic, word=word)
    with acting_as(Who.REPORTER.value):
        audit.record(action=topic, target=current.number)
