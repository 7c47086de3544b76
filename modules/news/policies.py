"""Who may listen to what happens to articles: the desk; the event carries ids only."""

from typing import Any

from balai import live
from modules.news import rights


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear it."""
    return bool(user is not None and user.is_authenticated and user.has_perm(rights.DESK))


live.topic_policy("news.", may_listen)
