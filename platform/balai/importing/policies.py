"""Who hears that an import moved on; the event carries its number only."""

from typing import Any

from balai import live
from balai.importing import registry


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may import anything."""
    return bool(user is not None and user.is_authenticated and registry.offered(user))


live.topic_policy("importing.", may_listen)
