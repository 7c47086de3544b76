"""What the right side of the desk shows: one case, its history, its buttons, an open form."""

from typing import Any

from django import forms
from django.http import HttpRequest

from modules.complaints import actions, canned, deadline, history, responsible, rights, turn
from modules.complaints.models import CannedReply, Complaint, Photo
from modules.complaints.selectors import canned as replies, case, desk
from modules.complaints.views.common import place_map

UNHEARD = ("note", "hand-over", "hand-back")
"""Actions whose words no reporter reads: no prepared answer is offered there."""
FEW = 4
"""So many buttons are shown at once; the others lie behind "More"."""


def page(request: HttpRequest, complaint: Complaint, photos: list[Photo]) -> dict[str, Any]:
    """Return the variables of a case."""
    entries = case.entries(complaint, case.STAFF)
    steps = [history.step(entry, names=True) for entry in entries]
    sees = rights.sees_identity(request.user, complaint)
    return {
        "report": complaint,
        "due": deadline.of(complaint),
        "turn": turn.of(complaint),
        "responsible": responsible.of(complaint, entries),
        "steps": list(reversed(steps)),
        "refused": [
            step for step, entry in zip(steps, entries, strict=True) if entry.move == "refuse"
        ],
        "photos": photos,
        "map": place_map(complaint),
        "contact": case.contact(complaint) if sees else None,
        "sees_identity": sees,
        "duplicates": desk.duplicates(request.user, complaint),
        "case_of": desk.merged_into(request.user, complaint),
        "rest_asked": desk.rest_asked(complaint),
    }


def buttons(offered: list[actions.Action]) -> dict[str, Any]:
    """Return the buttons: those for the next step first, the rest behind "More"."""
    ordered = sorted(offered, key=lambda action: not action.primary)
    return {"actions": offered, "first_actions": ordered[:FEW], "more_actions": ordered[FEW:]}


def prepared(
    request: HttpRequest, complaint: Complaint, action: actions.Action | None, form: Any
) -> dict[str, Any]:
    """Return the prepared answers for an open form, and put the chosen one into it."""
    if action is None or form is None or "text" not in form.fields or action.name in UNHEARD:
        return {"replies": []}
    known = replies.for_case(complaint)
    chosen = _chosen(request, known)
    if chosen and not form.is_bound:
        _fill(form, canned.fill(chosen.text, complaint))
    return {
        "replies": [(reply, canned.fill(reply.text, complaint)) for reply in known],
        "chosen": chosen.uuid if chosen else None,
    }


def _chosen(request: HttpRequest, known: list[CannedReply]) -> CannedReply | None:
    wanted = request.GET.get("canned", "")
    return next((reply for reply in known if str(reply.uuid) == wanted), None)


def _fill(form: forms.Form, text: str) -> None:
    form.initial = {**form.initial, "text": text}
