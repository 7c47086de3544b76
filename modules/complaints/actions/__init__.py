"""What an officer can do with a case now: buttons with a key each, in the order of telling."""

from typing import Any

from django import forms

from modules.complaints import rights, workflow
from modules.complaints.actions import (
    agency,
    audits,
    colleagues,
    coordinator,
    duplicates,
    everybody,
    moderation,
    sp4n,
)
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint
from modules.complaints.workflow import Who

__all__ = ["ACTIONS", "Action", "form_for", "offered"]

ACTIONS: tuple[Action, ...] = (
    *coordinator.ACTIONS,
    *agency.ACTIONS,
    *audits.ACTIONS,
    *everybody.ACTIONS,
    *colleagues.ACTIONS,
    *duplicates.ACTIONS,
    *moderation.ACTIONS,
    *sp4n.ACTIONS,
)


def offered(complaint: Complaint, user: Any) -> list[Action]:
    """Return the actions that state and rights allow now."""
    possible = {move.name for move in workflow.possible(complaint, Who.STAFF)}
    return [
        action
        for action in ACTIONS
        if (not action.moves or possible.intersection(action.moves))
        and rights.has(user, action.permission, complaint)
        and not (action.unless and rights.has(user, action.unless, complaint))
        and (action.fits is None or action.fits(complaint))
    ]


def form_for(action: Action, complaint: Complaint, *data: Any) -> forms.Form | None:
    """Return the action's form, empty or with what was sent; None when it asks nothing.

    A form class with ``about_report = True`` is given the report as ``complaint=``.
    """
    if action.form is None:
        return None
    options: dict[str, Any] = (
        {"complaint": complaint} if getattr(action.form, "about_report", False) else {}
    )
    return action.form(*data, **options)
