"""What a crew needs to see: where it must go, what was told, which buttons it has."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from balai.files.models import StoredFile
from modules.emergency import workflow
from modules.emergency.models import Incident, Leg, Shift, Stamp, Unit
from modules.emergency.states import ACTIVE_LEGS
from modules.emergency.workflow import Step, Who

NOTE, PHOTO = "note", "photo"
PHOTO_PURPOSE = "emergency"
"""Whose policy decides who may see a photo of a scene."""
WRITTEN = (NOTE, "caller_note", "called_again")
"""The stamps that carry what people wrote about an incident."""
LOOKS: dict[str, tuple[str | Promise, str]] = {
    "acknowledge": (pgettext_lazy("crew's button", "We take it"), "check"),
    "depart": (pgettext_lazy("crew's button", "On the way"), "navigation"),
    "arrive": (pgettext_lazy("crew's button", "On scene"), "map-pin"),
    "transport": (pgettext_lazy("crew's button", "Transporting"), "ambulance"),
    "clear": (pgettext_lazy("crew's button", "Cleared"), "check-check"),
}
"""A step's word on the phone and its icon."""


@dataclass(frozen=True, slots=True)
class Button:
    """A step as the phone offers it; ``sources`` lets the phone go on without a network."""

    name: str
    label: str | Promise
    icon: str
    sources: str
    target: str
    offered: bool
    first: bool


def current_leg(unit: Unit) -> Leg | None:
    """Return the incident a unit is with; it is with one at most (1 query)."""
    return _legs().filter(unit=unit, state__in=ACTIVE_LEGS).first()


def leg_with(unit: Unit, incident: uuid.UUID) -> Leg | None:
    """Return a unit's latest leg with an incident, over or not.

    What a phone kept without a network names the incident it knew; merged into another one
    meanwhile, that one is meant.
    """
    meant = Q(incident__uuid=incident) | Q(incident__in=_merged_into(incident))
    return _legs().filter(meant, unit=unit).order_by("-sent_at", "-id").first()


def earlier(shift: Shift) -> list[Leg]:
    """Return what a unit has been through since somebody came on, the latest first."""
    since = _legs().filter(unit=shift.unit_id, sent_at__gte=shift.began_at)
    return list(since.exclude(state__in=ACTIVE_LEGS).order_by("-sent_at", "-id")[:10])


def lately(unit: Unit) -> list[Leg]:
    """Return the incidents a unit was sent to, the latest first, ten at most (1 query)."""
    return list(_legs().filter(unit=unit).order_by("-sent_at", "-id")[:10])


def buttons(leg: Leg) -> list[Button]:
    """Return the crew's steps in order; ``first`` marks the one that comes next."""
    steps = [step for step in workflow.STEPS if step.who is Who.CREW]
    fitting = [step for step in steps if leg.state in step.sources]
    return [_button(step, step in fitting, fitting[:1] == [step]) for step in steps]


def notes(leg: Leg) -> list[Stamp]:
    """Return what was written about the incident since, by callers and crews; the latest first."""
    written = leg.incident.stamps.filter(what__in=WRITTEN).exclude(text="")
    return list(written.order_by("-at", "-id")[:10])


def photo_owner(incident: Incident) -> str:
    """Return what a photo of this incident's scene belongs to."""
    return f"emergency.incident:{incident.uuid}"


def photos(incident: Incident) -> list[StoredFile]:
    """Return the photos of an incident's scene; each asks the policy when it is fetched."""
    return list(StoredFile.objects.filter(owner=photo_owner(incident)))


def _merged_into(incident: uuid.UUID) -> "QuerySet[Incident]":
    return Incident.objects.filter(merged__uuid=incident)


def _legs() -> "QuerySet[Leg]":
    found = Leg.objects.select_related("unit", "incident__category", "incident__area__parent")
    return found.defer("incident__area__boundary", "incident__area__parent__boundary")


def _button(step: Step, offered: bool, first: bool) -> Button:
    label, icon = LOOKS[step.name]
    return Button(step.name, label, icon, " ".join(step.sources), step.target, offered, first)
