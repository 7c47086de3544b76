"""The one place where a share changes state: rights, table, clock, line, event, audit, case."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop, override

from balai import audit
from balai.outbox import publish
from balai.workcal import clocks
from modules.partners import sources, topics, workflow
from modules.partners.models import Message, Share
from modules.partners.selectors import reach
from modules.partners.states import Outcome, State
from modules.partners.workflow import Move, NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

MOMENT = {
    State.SENT: "sent_at",
    State.ACKNOWLEDGED: "acknowledged_at",
    State.ANSWERED: "answered_at",
    State.CLOSED: "ended_at",
    State.WITHDRAWN: "ended_at",
}

NOTED: Final[dict[str, str]] = {
    State.SENT: gettext_noop("Shared with %(partner)s (%(paper)s)."),
    State.WITHDRAWN: gettext_noop("No longer shared with %(partner)s (%(paper)s)."),
}
"""What the case's own people read about it there."""


@transaction.atomic
def move(
    name: str,
    *,
    share: Share,
    by: "User | None" = None,
    text: str = "",
    changes: Mapping[str, Any] | None = None,
    for_reporter: bool = False,
    now: datetime | None = None,
) -> Share:
    """Make the move called ``name`` and return the share as it is now.

    Args:
        by: who makes it. None on the partner's side is a link or a program, whose right the
            caller has checked.
        text: what is said with it, shown to the other side.
        for_reporter: whoever reported the case may read it, too.

    Raises:
        NotAllowed: when the table does not know the move from here, or words are missing.
        PermissionDenied: when it is somebody else's move.
    """
    step, now = workflow.get(name), now or timezone.now()
    current = locked(share)
    require(by, step, current)
    reason = workflow.problem(step, current)
    if reason:
        raise NotAllowed(reason)
    if step.asks and not text.strip():
        raise NotAllowed(_("Write a word about it."))
    before, current.state = current.state, step.target
    for field, value in (changes or {}).items():
        setattr(current, field, value)
    touched = {"state", MOMENT[step.target], *(changes or {}), *wind(current, now)}
    setattr(current, MOMENT[step.target], now)
    current.save(update_fields=sorted(touched))
    say(current, step.who, text=text, by=by, move=step.name, now=now)
    if step.hears:
        tell_source(current, step, text, for_reporter)
    elif step.target in NOTED and (step.target == State.SENT or before != State.HELD):
        note_sharing(current)
    publish(step.topic, key=str(current.uuid), share=current.pk)
    audit.record(
        action=step.topic, target=str(current.uuid), before={"state": before},
        after={"state": current.state}, reason=text if step.who is Who.REGION else "",
    )  # fmt: skip
    return current


def locked(share: Share) -> Share:
    """Return the row as it is now, kept for this transaction."""
    rows = Share.objects.select_for_update(of=("self",)).select_related("cooperation__partner")
    return rows.get(pk=share.pk)


def require(by: "User | None", step: Move, share: Share) -> None:
    """Raise PermissionDenied unless ``by`` is of the side and institution that makes the move."""
    if by is None:
        if step.who is Who.REGION:
            raise PermissionDenied
        return
    if not by.has_perm(step.permission):
        raise PermissionDenied
    if step.who is Who.PARTNER and share.cooperation.partner_id not in reach.seats(by):
        raise PermissionDenied


def wind(share: Share, now: datetime) -> set[str]:
    """Run the clock while the partner has not said that it knows; return the fields touched."""
    if share.state == State.SENT:
        days = share.cooperation.acknowledge_days
        clock = clocks.start(kind=topics.CLOCK, subject=share.uuid, days=days, now=now)
        share.due_at = clock.due_at
    else:
        clocks.stop(kind=topics.CLOCK, subject=share.uuid, now=now)
        share.due_at = None
    return {"due_at"}


def say(
    share: Share, side: Who, *, text: str, by: "User | None", now: datetime, move: str = ""
) -> Message:
    """Append a line to what was done and said."""
    return Message.objects.create(
        share=share, at=now, side=side.value, move=move, actor=by, text=text.strip()
    )


def tell_source(share: Share, step: Move, text: str, for_reporter: bool) -> None:
    """Write a partner's step into the case itself, in the region's language."""
    source = sources.get(share.source)
    if source is None:
        return
    with override(settings.LANGUAGE_CODE):
        words = (
            _("has received the case.")
            if step.name == "acknowledge"
            else str(Outcome(share.outcome).label)
        )
        reference = _("Number there: %(number)s.") % {"number": share.reference}
    told = [words, reference if share.reference else "", text.strip()]
    source.contract.hear_partner(
        case=share.case, partner=share.cooperation.partner.short_name,
        text="\n".join(part for part in told if part), for_reporter=for_reporter,
    )  # fmt: skip


def note_sharing(share: Share) -> None:
    """Write into the case with whom it is shared now, or not any more."""
    source = sources.get(share.source)
    if source is None:
        return
    paper = share.cooperation
    with override(settings.LANGUAGE_CODE):
        text = _(NOTED[share.state]) % {"partner": paper.partner.short_name, "paper": paper.number}
    source.contract.note_sharing(case=share.case, text=text)
