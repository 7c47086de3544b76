"""The one place where a report changes state: rights, table, clock, history, event, audit."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.audit.actor import acting_as
from balai.outbox import publish
from modules.complaints import conf, rights, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.services import clocking
from modules.complaints.workflow import Move, NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

Author: TypeAlias = Entry.Author
Audience: TypeAlias = Entry.Audience
OFFICERS = (Author.COORDINATOR, Author.AGENCY, Author.VALIDATOR)


@dataclass(frozen=True, slots=True)
class Line:
    """What a move writes into the history beside the states."""

    author: Author
    text: str = ""
    audience: Audience = Audience.PUBLIC


@transaction.atomic
def move(
    name: str,
    *,
    complaint: Complaint,
    line: Line,
    by: "User | None" = None,
    changes: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Complaint:
    """Make the move called ``name`` and return the report as it is now.

    Args:
        by: the officer; asked for the move's permission within the report's agency. None for
            the reporter and for the clock, whose rights the caller has checked.
        changes: further fields that change with the move.
        now: when it happens; an aware time, the present by default.

    Raises:
        NotAllowed: when the workflow's table does not know the move from here.
        PermissionDenied: when the officer lacks the right.
    """
    step, now = workflow.get(name), now or timezone.now()
    current = locked(complaint)
    reason = workflow.problem(step, current, conf.current(), now)
    if reason:
        raise NotAllowed(reason)
    by_itself = step.by_clock and by is None and line.author == Author.SYSTEM
    if step.who is Who.STAFF and not by_itself:
        require(by, step.permission, current)
    before = current.state
    for field, value in (changes or {}).items():
        setattr(current, field, value)
    current.state = step.target or _where_it_was(current)
    touched = {"state", *clocking.wind(current, step, before, now), *(changes or {})}
    current.save(update_fields=sorted(touched))
    record(current, line, by=by, at=now, move=step, before=before)
    note(step, current, before, who=Who.SYSTEM if by_itself else step.who)
    return current


def locked(complaint: Complaint) -> Complaint:
    """Return the row as it is now, kept for this transaction."""
    fresh = Complaint.objects.select_for_update(of=("self",)).select_related("category")
    return fresh.get(pk=complaint.pk)


def require(by: "User | None", permission: str, complaint: Complaint) -> None:
    """Raise PermissionDenied unless ``by`` has the right at the agency that holds the report."""
    if not rights.has(by, permission, complaint):
        raise PermissionDenied


def _where_it_was(complaint: Complaint) -> str:
    """Return the state a duplicate goes back to, from the line of its merging."""
    merged = complaint.entries.filter(to_state=complaint.state).order_by("-at", "-id").first()
    return workflow.back_to(merged.from_state) if merged else workflow.BACK_TO[0]


def record(
    complaint: Complaint,
    line: Line,
    *,
    by: "User | None",
    at: datetime,
    move: Move | None = None,
    before: str = "",
    topic: str = "",
    word: str = "",
    **payload: int,
) -> Entry:
    """Append a line to the history and publish it; the reporter's account is never named.

    Args:
        move: the workflow's move; its ``topic`` is published.
        topic: what is published where no move was made.
        word: what happened then, one of ``history.WORDS``; "" for a message.
        payload: further numbers for the event.
    """
    entry = Entry.objects.create(
        complaint=complaint,
        at=at,
        move=move.name if move else word,
        from_state=before,
        to_state=complaint.state if move else "",
        author=line.author,
        actor=None if line.author == Author.REPORTER else by,
        agency_id=complaint.agency_id,
        audience=line.audience,
        text=line.text.strip(),
    )
    _first_answer(complaint, entry)
    announce(move.topic if move else topic, complaint, entry=entry.pk, **payload)
    return entry


def _first_answer(complaint: Complaint, entry: Entry) -> None:
    """Remember when officers first did or said something that the reporter hears of."""
    silent = entry.audience == Audience.INTERNAL and not entry.to_state
    if complaint.answered_at is None and entry.author in OFFICERS and not silent:
        complaint.answered_at = entry.at
        complaint.save(update_fields=["answered_at"])


def note(
    step: Move | str, complaint: Complaint, before: str = "", *, who: Who = Who.REPORTER
) -> None:
    """Write the audit row. What a reporter does is never put down to an account."""
    topic = step if isinstance(step, str) else step.topic
    old = {"state": before} if before else {}
    named = nullcontext() if who is Who.STAFF else acting_as(who.value)
    with named:
        audit.record(
            action=topic, target=complaint.number, before=old, after={"state": complaint.state}
        )


def announce(topic: str, complaint: Complaint, **payload: int) -> None:
    """Publish an event about a report: ids only."""
    publish(topic, key=str(complaint.uuid), complaint=complaint.pk, **payload)
