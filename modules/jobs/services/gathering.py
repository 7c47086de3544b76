"""Officers prepare, publish and call off job fairs and training classes."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish as tell
from modules.jobs.models import Gathering, Session
from modules.jobs.seat_moves import GATHER
from modules.jobs.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

TOLD: Final = (
    "title", "about", "organiser", "place", "district", "register_from", "register_until",
)  # fmt: skip
DETAILS: Final = ("firms", "requirements", "certificate")


@transaction.atomic
def save(
    *,
    told: Mapping[str, Any],
    by: "User",
    kind: str = "",
    gathering: Gathering | None = None,
    now: datetime | None = None,
    sample: bool = False,
) -> Gathering:
    """Keep a fair or a class; a new one is a draft that only officers see.

    Args:
        told: the fields of :data:`TOLD` and :data:`DETAILS`, checked by the form.
        kind: which of the two a new one is.
    """
    _require(by)
    row = gathering or Gathering(kind=kind, created_at=now or timezone.now(), sample=sample)
    for name in TOLD:
        setattr(row, name, told[name])
    row.details = {name: told[name] for name in DETAILS if told.get(name)}
    row.save()
    _note(row, "saved")
    return row


@transaction.atomic
def add_session(
    *, gathering: Gathering, starts_at: datetime, ends_at: datetime, capacity: int, by: "User"
) -> Session:
    """Add a time with so many places.

    Raises:
        NotAllowed: when it ends before it begins, or has no place.
    """
    _require(by)
    if not starts_at < ends_at or capacity < 1:
        raise NotAllowed(_("A session ends after it begins and has at least one place."))
    row = Session.objects.create(
        gathering=gathering, starts_at=starts_at, ends_at=ends_at, capacity=capacity
    )
    _note(gathering, "session_added")
    return row


@transaction.atomic
def resize(*, session: Session, capacity: int, by: "User") -> Session:
    """Change how many places there are; never fewer than are given.

    Raises:
        NotAllowed: when more are given already.
    """
    _require(by)
    row = Session.objects.select_for_update().get(pk=session.pk)
    if capacity < max(row.taken, 1):
        raise NotAllowed(_("%(n)d places are given already.") % {"n": row.taken})
    row.capacity = capacity
    row.save(update_fields=["capacity"])
    audit.record(
        action="jobs.session_resized", target=str(row.uuid),
        before={"capacity": session.capacity}, after={"capacity": capacity},
    )  # fmt: skip
    return row


@transaction.atomic
def drop_session(*, session: Session, by: "User") -> None:
    """Take a time away that nobody has ever had a number for.

    Raises:
        NotAllowed: when somebody has or had one.
    """
    _require(by)
    row = Session.objects.select_for_update().select_related(None).get(pk=session.pk)
    if row.last_number:
        raise NotAllowed(_("Somebody has a number for it already. Call the whole thing off."))
    row.delete()
    audit.record(action="jobs.session_dropped", target=str(session.uuid))


@transaction.atomic
def publish(*, gathering: Gathering, by: "User", now: datetime | None = None) -> Gathering:
    """Show it to everybody; one that was called off takes place again.

    Raises:
        NotAllowed: without a session.
    """
    _require(by)
    row = Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    if not row.sessions.exists():
        raise NotAllowed(_("Add a session first."))
    again = row.cancelled_at is not None
    row.published_at, row.cancelled_at = row.published_at or now or timezone.now(), None
    row.save(update_fields=["published_at", "cancelled_at"])
    _note(row, "resumed" if again else "published")
    return row


@transaction.atomic
def call_off(*, gathering: Gathering, by: "User", now: datetime | None = None) -> Gathering:
    """Say that it does not take place; who has a place is told. Publishing it undoes this."""
    _require(by)
    row = Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    if row.published_at is None or row.cancelled_at is not None:
        raise NotAllowed(_("It is not on the site."))
    row.cancelled_at = now or timezone.now()
    row.save(update_fields=["cancelled_at"])
    _note(row, "called_off")
    return row


def _require(by: "User") -> None:
    if not by.has_perm(GATHER):
        raise PermissionDenied


def _note(row: Gathering, what: str) -> None:
    tell(f"jobs.gathering_{what}", key=str(row.uuid), gathering=row.pk)
    audit.record(action=f"jobs.gathering_{what}", target=str(row.uuid))
