"""What every change of an incident leaves behind: a time stamp, an event, a newer version."""

from datetime import datetime
from typing import TYPE_CHECKING

from balai.outbox import publish
from modules.emergency import topics, workflow
from modules.emergency.models import Incident, Stamp, Unit

if TYPE_CHECKING:
    from balai.accounts.models import User


def locked(incident: Incident) -> Incident:
    """Return the row as it is now, kept for this transaction."""
    return Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)


def stamp(
    incident: Incident,
    what: str,
    *,
    at: datetime,
    by: "User | None",
    unit: Unit | None = None,
    text: str = "",
    corrects: Stamp | None = None,
) -> Stamp:
    """Append a moment to the incident's life.

    Args:
        what: "taken", "queued", "note", or the name of a step or move.
        at: when it happened, which may be earlier than now: radios are faster than forms.
        corrects: the row whose time was wrong.
    """
    return Stamp.objects.create(
        incident=incident, unit=unit, what=what, at=at, actor=by, text=text.strip(),
        corrects=corrects,
    )  # fmt: skip


def changed(incident: Incident, *fields: str, topic: str = topics.CHANGED) -> None:
    """Save ``fields`` under a newer version and wake the boards when it commits."""
    incident.version += 1
    incident.save(update_fields=[*fields, "version"])
    publish(topic, key=str(incident.uuid), incident=incident.pk)


def follow_legs(incident: Incident) -> None:
    """Set the state that follows from the units' legs; see :func:`workflow.state_of`."""
    incident.state = workflow.state_of(incident.legs.values_list("state", flat=True))
    changed(incident, "state")
