"""Who may hear what happens to apps: those who see the desk."""

from typing import Any

from balai import live


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear that something happened."""
    return bool(
        user is not None and user.is_authenticated and user.has_perm("catalogue.access_desk")
    )


live.topic_policy("catalogue.", may_listen)
