"""What the emergency centre keeps about a caller (UU PDP 27/2022, articles 7, 15, 33)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.privacy.person import Person
from balai.privacy.subjects import Kept
from modules.emergency import callers
from modules.emergency.models import Call
from modules.emergency.states import Channel, Source

TITLE: Final = _("Emergency calls")


def collect(person: Person) -> list[dict[str, Any]]:
    """Return the person's own calls: when, how, of which kind, and the number of the incident.

    What an incident tells is left out: it is about others as well (article 33 b). A call counts
    as the person's when it came from the number they verified, and after they had the account:
    numbers are given to new people.
    """
    return [
        {
            "at": call.answered_at.isoformat(), "channel": call.channel, "kind": call.kind,
            "number": callers.read(call.caller), "name": call.name,
            "incident": call.incident.number if call.incident else None,
            "position": _position(call),
        }
        for call in _calls(person)
    ]  # fmt: skip


def erase(person: Person, now: datetime) -> list[Kept]:
    """Erase nothing: a call for help is a record of the state, and perhaps of a procedure."""
    return [
        Kept(
            _("Emergency calls from your number"),
            _("They protect life and prove what was done; the number is encrypted (article 15)."),
            ("emergency_call", "emergency_incident"),
            len(_calls(person)),
        )
    ]


def _calls(person: Person) -> list[Call]:
    user = person.user
    if user is None or not user.phone or not user.phone_verified:
        return []
    rows = Call.objects.filter(
        caller_hash=callers.hashed(user.phone), answered_at__gte=user.created_at
    )
    return list(rows.select_related("incident"))


def _position(call: Call) -> list[float] | None:
    """Return where the caller's own phone said it was: of a press of the panic button only."""
    incident = call.incident
    if call.channel != Channel.PANIC or incident is None or incident.source != Source.APP:
        return None
    if incident.latitude is None or incident.longitude is None:
        return None
    return [incident.latitude, incident.longitude]
