"""What an incident's page shows: everything known, every moment, every button that is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from balai import neighbours
from modules.emergency import callers, scripts, topics, workflow
from modules.emergency.actions import Action, offered
from modules.emergency.incident_forms import STEPS
from modules.emergency.models import Call, Incident, Transfer
from modules.emergency.scene import Scene
from modules.emergency.selectors import case, clocks, crewing, sealing, timeline, units
from modules.emergency.services.numbers import SEE_CALLER
from modules.emergency.services.transferring import INCIDENT
from modules.emergency.states import State
from modules.emergency.workflow import Who

TOPICS = (topics.CHANGED, topics.ENDED, topics.UNIT, topics.SEAL)
FEW = 3
"""So many suggestions stand on the page; the form has all."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's way, with the steps the centre can note for it."""

    course: case.UnitCourse
    steps: Sequence[tuple[str, str | Promise, str]]


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call; ``number`` is masked, and "" when it was withheld or is sealed."""

    call: Call
    number: str
    name: str
    note: str


def panel(request: HttpRequest, scene: Scene, shown: Incident) -> dict[str, Any]:
    """Return the variables of the part that changes by itself.

    Args:
        shown: the incident, or its redacted copy for a reader it is sealed to.
    """
    now, user, incident = timezone.now(), scene.user, scene.incident
    stamps, legs = timeline.stamps_of(incident), case.legs(incident)
    dispatches = user.has_perm(workflow.DISPATCH)
    suggests = dispatches and incident.state == State.QUEUED
    actions = offered(scene)
    return {
        "incident": shown,
        "visible": scene.visible,
        "access": sealing.access_of(incident, user, now) if incident.sealed else None,
        "now": now,
        "clocks": clocks.all_of(incident, legs, stamps, now),
        "units": [_unit_row(course, dispatches) for course in case.courses(legs, stamps)],
        "suggestions": units.suggest(incident, now)[:FEW] if suggests else (),
        "suggests": suggests,
        "km_places": 1 if scene.visible else 0,
        "entries": timeline.entries(incident, stamps, told=scene.visible),
        "answers": list(scripts.shown(shown.category, shown.answers)),
        "photos": crewing.photos(incident) if scene.visible else (),
        "calls": [_call_row(call, scene) for call in case.calls(incident)],
        "sees_caller": user.has_perm(SEE_CALLER) and scene.visible,
        "came": scene.came,
        "went": scene.went,
        "went_phone": _phone(scene.went),
        "merged": case.merged(incident, user),
        "may_correct": dispatches,
        **buttons(actions),
    }


def buttons(actions: Sequence[Action]) -> dict[str, Any]:
    """Return the listed buttons: those for the next step first."""
    listed = [action for action in actions if action.listed]
    return {
        "first_actions": [action for action in listed if action.primary],
        "actions": [action for action in listed if not action.primary],
    }


def _unit_row(course: case.UnitCourse, dispatches: bool) -> UnitRow:
    if not dispatches:
        return UnitRow(course, ())
    steps = workflow.steps(course.leg.state, Who)
    return UnitRow(course, [(step.name, STEPS[step.name], timeline.LOOKS[step.name][1])
                            for step in steps])  # fmt: skip


def _call_row(call: Call, scene: Scene) -> CallRow:
    if not scene.visible:
        return CallRow(call, "", "", "")
    number = callers.masked(callers.read(call.caller))
    name = call.name if scene.user.has_perm(SEE_CALLER) else ""
    return CallRow(call, number, name, call.note)


def _phone(went: Transfer | None) -> str:
    """Return whom to telephone while another region has not confirmed a hand-over."""
    if went is None or not went.region:
        return ""
    if went.state not in (Transfer.State.WAITING, Transfer.State.DELIVERED):
        return ""
    known = {face.schema: face for face in neighbours.reachable(INCIDENT)}
    return known[went.region].facts.get("phone", "") if went.region in known else ""
