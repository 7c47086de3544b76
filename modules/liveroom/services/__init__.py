"""Everything the live room writes: screens, looks, instructions, the wall's past."""

from modules.liveroom.services.instructing import give, move
from modules.liveroom.services.looking import (
    note_agency,
    note_case,
    note_officer,
    note_past,
    note_screen,
)
from modules.liveroom.services.screens import MANAGE, connect_screen, revoke_screen

__all__ = [
    "MANAGE",
    "connect_screen",
    "give",
    "move",
    "note_agency",
    "note_case",
    "note_officer",
    "note_past",
    "note_screen",
    "revoke_screen",
]
