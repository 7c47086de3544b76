"""What the live room keeps about a person, for that person (UU PDP 27/2022, article 7)."""

from typing import Any

from balai.accounts.models import User
from modules.liveroom.models import Instruction, InstructionStep


def export(user: User) -> dict[str, Any]:
    """Return what a person instructed, and what they answered or remarked."""
    said = InstructionStep.objects.filter(actor=user).order_by("id")
    given = Instruction.objects.filter(given_by=user).order_by("id")
    return {
        "instructions": [
            {"at": row.created_at.isoformat(), "due": row.due_on.isoformat(), "text": row.text}
            for row in given
        ],
        "steps": [{"at": row.at.isoformat(), "what": row.move, "text": row.text} for row in said],
    }
