"""Who may hear that a module was switched: every page, for its menus are public."""

from typing import Any

from balai import live

SWITCHED = "module.switched"


def anybody(user: Any, topic: str) -> bool:
    """Let every page hear it: the event says no more than the menu of the site."""
    return True


live.topic_policy(SWITCHED, anybody)
