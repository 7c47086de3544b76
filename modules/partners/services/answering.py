"""What a partner does with a case, in its inbox, by a link or by a program; and what both say."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.partners import topics, workflow
from modules.partners.models import Message, Share
from modules.partners.selectors import reach
from modules.partners.services import moving
from modules.partners.states import READABLE, Outcome
from modules.partners.workflow import INBOX, SHARE, NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

NUMBER = 60


@transaction.atomic
def acknowledge(
    *, share: Share, reference: str = "", by: "User | None" = None, now: datetime | None = None
) -> Share:
    """Say that the partner knows; the clock stops and the case hears of it.

    Args:
        reference: the number the case has at the partner's.
        by: None for a link or a program, whose right the caller has checked.
    """
    changes = {"reference": reference.strip()[:NUMBER]} if reference.strip() else {}
    return moving.move("acknowledge", share=share, by=by, changes=changes, now=now)


@transaction.atomic
def answer(
    *,
    share: Share,
    outcome: str,
    text: str,
    for_reporter: bool = False,
    by: "User | None" = None,
    now: datetime | None = None,
) -> Share:
    """Answer: what became of the case there; goes into the case's own history.

    Raises:
        ValueError: for an outcome that there is not.
    """
    now = now or timezone.now()
    changes: dict[str, object] = {"outcome": Outcome(outcome)}
    if share.acknowledged_at is None:
        changes["acknowledged_at"] = now
    return moving.move(
        "answer", share=share, by=by, text=text, changes=changes,
        for_reporter=for_reporter and not share.sealed, now=now,
    )  # fmt: skip


@transaction.atomic
def write(
    *, share: Share, side: Who, text: str, by: "User | None", now: datetime | None = None
) -> Message:
    """Write to the other side about a case that both may read.

    Raises:
        NotAllowed: without words, or when the case is with the partner no more.
        PermissionDenied: when ``by`` is not of that side.
    """
    current = moving.locked(share)
    if side is Who.REGION and (by is None or not by.has_perm(SHARE)):
        raise PermissionDenied
    if side is Who.PARTNER and by is not None:
        own = current.cooperation.partner_id in reach.seats(by)
        if not by.has_perm(INBOX) or not own:
            raise PermissionDenied
    paper = current.cooperation
    if current.state not in READABLE or not paper.live or not paper.partner.active:
        raise NotAllowed(workflow.MOVED_ON)
    if not text.strip():
        raise NotAllowed(_("Write a word about it."))
    line = moving.say(current, side, text=text, by=by, now=now or timezone.now())
    publish(topics.SAID, key=str(current.uuid), share=current.pk, message=line.pk)
    audit.record(action=topics.SAID, target=str(current.uuid), after={"side": side.value})
    return line
