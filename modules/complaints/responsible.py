"""Who must act now and how it came to them: one line on top of a case at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from modules.complaints import history, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.workflow import VALIDATE

HANDED = frozenset(
    {"report", "verify", "decide", "refuse", "transfer", "take_back", "reopen",
     "reopen_by_audit", "submit",
     "send_back", "ask_info", "answer_info", "resolve", "approve", "resume", "appeal"}
)  # fmt: skip
"""Moves after which somebody else must act."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """``who`` acts next; ``why`` is what brought it there, ``words`` what was said then."""

    who: str
    officer: str
    why: str
    by: str
    since: datetime
    words: str


def of(complaint: Complaint, entries: Sequence[Entry]) -> Responsible | None:
    """Return who must act; None for a case that is over. ``entries`` are the oldest first."""
    side = workflow.TURN.get(complaint.state)
    last = next((entry for entry in reversed(entries) if entry.move in HANDED), None)
    if side is None or last is None:
        return None
    return Responsible(
        who=_who(complaint, side),
        officer=complaint.assignee.label if complaint.assignee else "",
        why=history.title(last),
        by=history.author(last, names=True),
        since=last.at,
        words=last.text,
    )


def _who(complaint: Complaint, side: workflow.Who) -> str:
    if side is workflow.Who.REPORTER:
        return _("The reporter")
    if complaint.recipient and complaint.agency is None:
        return complaint.recipient
    moves = {move.permission for move in workflow.MOVES if complaint.state in move.sources}
    if VALIDATE in moves:
        return _("A validator")
    return complaint.agency.name if complaint.agency else _("The coordinator")
