"""What waits behind the live room's menu entries."""

from typing import Any

from balai.modules import Badge
from modules.liveroom.selectors import instructions


def open_instructions(user: Any) -> Badge:
    """Count the open instructions that somebody sees; one query."""
    found = instructions.counts(instructions.reach(user))
    return Badge(found["open"], found["late"])
