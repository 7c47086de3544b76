"""What the live room keeps about a person, for that person (UU PDP 27/2022, article 7)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.privacy.person import Person
from balai.privacy.subjects import Kept
from modules.liveroom.models import Instruction, InstructionStep

TITLE: Final = _("Instructions to agencies")


def collect(person: Person) -> dict[str, Any]:
    """Return what a person instructed, and what they answered or remarked."""
    if person.user is None:
        return {}
    said = InstructionStep.objects.filter(actor=person.user).order_by("id")
    given = Instruction.objects.filter(given_by=person.user).order_by("id")
    told = {
        "instructions": [
            {"at": row.created_at.isoformat(), "due": row.due_on.isoformat(), "text": row.text}
            for row in given
        ],
        "steps": [{"at": row.at.isoformat(), "what": row.move, "text": row.text} for row in said],
    }
    return {name: rows for name, rows in told.items() if rows}


def erase(person: Person, now: datetime) -> list[Kept]:
    """Keep what was instructed and answered: it is the office's act, not the person's."""
    if person.user is None:
        return []
    given = Instruction.objects.filter(given_by=person.user).count()
    said = InstructionStep.objects.filter(actor=person.user).count()
    if not given + said:
        return []
    return [
        Kept(
            _("Instructions you gave or answered in office"),
            _("They are acts of the office and stay in its record (UU 43/2009)."),
            ("liveroom_instruction", "liveroom_instructionstep"),
            given + said,
        )
    ]
