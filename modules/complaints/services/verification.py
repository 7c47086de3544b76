"""The coordinator's part: look at a report, route it, ask, reject, guard the reporter."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from modules.complaints import conf
from modules.complaints.models import Category, Complaint, Photo
from modules.complaints.services import indexing
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    announce,
    locked,
    move,
    require,
)
from modules.complaints.services.routing import explain
from modules.complaints.workflow import VERIFY, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.directory.models import Agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the verifier decided. ``secret`` can only make a report more private.

    ``cleared``: somebody read a text that calls for a look; without it, it stays unpublished.
    """

    agency: "Agency"
    category: Category
    title: str
    secret: bool = False
    approve_photos: bool = True
    note: str = ""
    cleared: bool = False


@transaction.atomic
def verify_and_route(
    *, complaint: Complaint, ruling: Ruling, by: "User", now: datetime | None = None
) -> Complaint:
    """Accept a report, publish it unless it is secret, and give it to an agency.

    Once agencies have sent it back as often as they may, this is the coordinator's decision:
    the agency keeps it.

    Raises:
        NotAllowed: when it waits for something else by now.
        PermissionDenied: when ``by`` may not verify.
    """
    now = now or timezone.now()
    secret = complaint.secret or ruling.secret or ruling.category.secret_default
    held = bool(complaint.suspicions) and not ruling.cleared
    why = explain(complaint, category=ruling.category, agency=ruling.agency)
    changes: dict[str, Any] = {
        "agency": ruling.agency,
        "category": ruling.category,
        "title": ruling.title.strip(),
        "search": indexing.expression(complaint, title=ruling.title),
        "secret": secret,
        "published_at": None if secret or held else complaint.published_at or now,
        "suspicions": [] if ruling.cleared else complaint.suspicions,
    }
    forced = locked(complaint).refusals >= conf.current().max_refusals
    changes["forced"] = forced
    name = "decide" if forced else "verify"
    line = Line(Author.COORDINATOR, "\n".join(filter(None, (why, ruling.note))))
    moved = move(name, complaint=complaint, line=line, by=by, changes=changes, now=now)
    if ruling.approve_photos:
        _approve(moved, now)
    return moved


def reject(
    *, complaint: Complaint, reason: str, by: "User", now: datetime | None = None
) -> Complaint:
    """End a report without work. ``reason`` is told to the reporter, and to nobody else."""
    line = Line(Author.COORDINATOR, reason, Audience.REPORTER)
    changes = {"closed_at": now or timezone.now(), "published_at": None}
    return move("reject", complaint=complaint, line=line, by=by, changes=changes, now=now)


def ask_info(
    *, complaint: Complaint, question: str, by: "User", now: datetime | None = None
) -> Complaint:
    """Ask the reporter something; the clock of verification rests until the answer."""
    line = Line(Author.COORDINATOR, question, Audience.REPORTER)
    return move("ask_info", complaint=complaint, line=line, by=by, now=now)


@transaction.atomic
def approve_photos(*, complaint: Complaint, by: "User", now: datetime | None = None) -> int:
    """Let everybody see the report's photos; return how many were newly approved."""
    current = locked(complaint)
    require(by, VERIFY, current)
    count = _approve(current, now or timezone.now())
    if count:
        announce("complaints.photos_approved", current)
        audit.record(action="complaints.photos_approved", target=current.number)
    return count


@transaction.atomic
def make_secret(*, complaint: Complaint, by: "User") -> Complaint:
    """Take a report from public pages for good. There is no way back: secrecy only rises.

    Raises:
        NotAllowed: when it is secret already.
        PermissionDenied: when ``by`` may not verify.
    """
    current = locked(complaint)
    require(by, VERIFY, current)
    if current.secret:
        raise NotAllowed(_("The report is secret already."))
    current.secret, current.published_at = True, None
    current.save(update_fields=["secret", "published_at"])
    announce("complaints.made_secret", current)
    audit.record(
        action="complaints.made_secret", target=current.number,
        before={"public": True}, after={"public": False},
    )  # fmt: skip
    return current


def _approve(complaint: Complaint, now: datetime) -> int:
    waiting = Photo.objects.filter(complaint=complaint, approved_at=None)
    waiting = waiting.exclude(stage=Photo.Stage.TALK)
    return int(waiting.update(approved_at=now))
