"""The agency's part: accept, or say "not ours"; work; prove it. And the second pair of eyes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop

from modules.complaints import conf, doubts
from modules.complaints.models import Complaint, Entry, Photo
from modules.complaints.services.moving import Audience, Author, Line, locked, move, require
from modules.complaints.services.photos import attach
from modules.complaints.services.saying import sentences
from modules.complaints.services.shots import Shot
from modules.complaints.workflow import HANDLE, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

MAX_PLAN_DAYS = 365


def accept(*, complaint: Complaint, by: "User", now: datetime | None = None) -> Complaint:
    """Take the case on; the category's working days begin."""
    return move("accept", complaint=complaint, line=Line(Author.AGENCY), by=by, now=now)


@transaction.atomic
def refuse(
    *, complaint: Complaint, reason: str, by: "User", now: datetime | None = None
) -> Complaint:
    """Say "not ours": back to the coordinator; everybody sees who refused and why.

    So often as the region's settings allow, then the coordinator decides and it sticks.
    """
    line = Line(Author.AGENCY, reason)
    changes = {"refusals": complaint.refusals + 1}
    moved = move("refuse", complaint=complaint, line=line, by=by, changes=changes, now=now)
    moved.agency = None  # after the history has noted who refused
    moved.save(update_fields=["agency"])
    return moved


def plan(
    *, complaint: Complaint, day: date, note: str = "", by: "User", now: datetime | None = None
) -> Complaint:
    """Tell everybody on which day the work is done. The deadline stays as it is.

    Raises:
        NotAllowed: for a day that has passed or lies more than a year ahead.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not today <= day <= today + timedelta(days=MAX_PLAN_DAYS):
        raise NotAllowed(_("Choose a day from today on, within a year."))
    line = Line(Author.AGENCY, sentences(gettext_noop("Planned for %(day)s."), note, day=day))
    changes = {"planned_for": day}
    return move("plan", complaint=complaint, line=line, by=by, changes=changes, now=now)


@transaction.atomic
def resolve(
    *,
    complaint: Complaint,
    text: str,
    photos: "Sequence[UploadedFile[Any] | Shot]" = (),
    by: "User",
    now: datetime | None = None,
) -> Complaint:
    """Declare the work done, with a photo of it where the region asks for one.

    Where a second person checks the evidence, or something speaks against a photo, it goes to a
    validator, else to the reporter.

    Raises:
        NotAllowed: without the photo the region asks for, or from another state.
        UploadRejected: for a file that is no photo.
        PermissionDenied: when ``by`` may not handle this agency's reports.
    """
    rules, now = conf.current(), now or timezone.now()
    require(by, HANDLE, locked(complaint))
    if rules.photo_required and not photos and not _evidence(complaint):
        raise NotAllowed(_("Add a photo of the finished work."))
    kept = [attach(complaint, each, stage=Photo.Stage.AFTER, by=by, now=now) for each in photos]
    checked = rules.four_eyes or doubts.must_be_checked(complaint, rules)
    if not checked:
        Photo.objects.filter(pk__in=[photo.pk for photo in kept]).update(approved_at=now)
    name = "submit" if checked else "resolve"
    changes = {} if checked else {"resolved_at": now}
    line = Line(Author.AGENCY, text)
    return move(name, complaint=complaint, line=line, by=by, changes=changes, now=now)


@transaction.atomic
def approve(
    *, complaint: Complaint, note: str = "", by: "User", now: datetime | None = None
) -> Complaint:
    """Accept the evidence. Raises NotAllowed for the person who handed it in."""
    _require_other_person(complaint, by)
    now = now or timezone.now()
    line = Line(Author.VALIDATOR, note)
    changes, evidence = {"resolved_at": now}, doubts.current_evidence(complaint)
    moved = move("approve", complaint=complaint, line=line, by=by, changes=changes, now=now)
    # Only what was approved: not what was sent back before, nor what the verifier kept back.
    evidence.filter(approved_at=None).update(approved_at=now)
    return moved


def send_back(
    *, complaint: Complaint, reason: str, by: "User", now: datetime | None = None
) -> Complaint:
    """Refuse the evidence; the agency goes on working."""
    _require_other_person(complaint, by)
    line = Line(Author.VALIDATOR, reason, Audience.INTERNAL)
    return move("send_back", complaint=complaint, line=line, by=by, now=now)


def _evidence(complaint: Complaint) -> bool:
    """Tell whether there is a photo of the repair that is younger than the last reopening."""
    return doubts.current_evidence(complaint).exists()


def _require_other_person(complaint: Complaint, by: "User") -> None:
    handed_in = Entry.objects.filter(complaint=complaint, move="submit").order_by("-at", "-id")
    if handed_in.values_list("actor_id", flat=True).first() == by.pk:
        raise NotAllowed(_("Somebody else must check the evidence you handed in."))
