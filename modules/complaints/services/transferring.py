"""Pass a report on to another authority, which takes it on through a link in a letter."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop

from modules.complaints.models import Complaint, OutsideCase
from modules.complaints.services.moving import Author, Line, locked, move
from modules.complaints.services.saying import sentences
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

AUTHORITY, Exchange = OutsideCase.System.AUTHORITY, OutsideCase.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who shall have the report; ``note`` is for everybody, ``public`` lists the report."""

    receiver: str
    address: str
    note: str
    public: bool = False


@transaction.atomic
def transfer(
    *, complaint: Complaint, handover: Handover, by: "User", now: datetime | None = None
) -> Complaint:
    """Pass a report on to another region, the province, the police.

    The letter with the link is sent by a receiver once this commits.

    Raises:
        NotAllowed: when the report waits for something else by now.
        PermissionDenied: when ``by`` may not verify.
    """
    now = now or timezone.now()
    current = locked(complaint)
    shown = handover.public and not current.secret and not current.suspicions
    text = sentences(gettext_noop("To %(receiver)s."), handover.note, receiver=handover.receiver)
    changes = {
        "recipient": handover.receiver.strip(),
        "published_at": (current.published_at or now) if shown else current.published_at,
    }
    OutsideCase.objects.create(
        complaint=current, system=AUTHORITY, receiver=handover.receiver.strip(),
        address=handover.address, created_at=now,
    )  # fmt: skip
    line = Line(Author.COORDINATOR, text)
    return move("transfer", complaint=current, line=line, by=by, changes=changes, now=now)


@transaction.atomic
def acknowledge(
    *, outside: OutsideCase, reference: str = "", note: str = "", now: datetime | None = None
) -> Complaint:
    """Take the report on, as the other authority; our side is closed with a public note.

    Args:
        outside: the hand-over whose link was opened; it proves the right.
        reference: the number the report has there.

    Raises:
        NotAllowed: when the report is no longer with this authority.
    """
    now = now or timezone.now()
    current = locked(outside.complaint)
    waiting = OutsideCase.objects.select_for_update().filter(pk=outside.pk)
    mine = waiting.filter(state__in=(Exchange.WAITING, Exchange.SENT)).first()
    if mine is None:
        raise NotAllowed(_("The report is not with you any more: the city has taken it back."))
    told = [sentences(gettext_noop("Number there: %(number)s."), number=reference)]
    line = Line(Author.PARTNER, "\n".join([note.strip(), *(told if reference else [])]))
    moved = move(
        "acknowledge", complaint=current, line=line, changes={"closed_at": now}, now=now
    )  # fmt: skip
    mine.state, mine.status, mine.synced_at = Exchange.ACKNOWLEDGED, reference[:60], now
    mine.save(update_fields=["state", "status", "synced_at"])
    return moved


@transaction.atomic
def take_back(
    *, complaint: Complaint, note: str = "", by: "User | None", now: datetime | None = None
) -> Complaint:
    """Take a report back that the other authority did not answer for; its link ends.

    ``by`` is None when the clock does it.
    """
    now = now or timezone.now()
    line = Line(Author.COORDINATOR if by else Author.SYSTEM, note)
    changes = {"recipient": ""}
    moved = move("take_back", complaint=complaint, line=line, by=by, changes=changes, now=now)
    open_ones = OutsideCase.objects.filter(complaint=moved, system=AUTHORITY)
    open_ones.exclude(state=Exchange.ACKNOWLEDGED).update(state=Exchange.FAILED, synced_at=now)
    return moved


def sent(*, outside: OutsideCase, now: datetime | None = None) -> None:
    """Remember that the letter is on its way."""
    outside.state, outside.synced_at = Exchange.SENT, now or timezone.now()
    outside.save(update_fields=["state", "synced_at"])
