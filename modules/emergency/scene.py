"""Who stands before which incident: what decides what can be done with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from modules.emergency.models import Incident, Transfer

if TYPE_CHECKING:
    from balai.accounts.models import User


@dataclass(frozen=True, slots=True)
class Scene:
    """An incident, who looks, whether what was told is open to them, and its hand-overs."""

    incident: Incident
    user: "User"
    visible: bool
    came: Transfer | None = None
    went: Transfer | None = None
