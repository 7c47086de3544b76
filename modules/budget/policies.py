"""Who may hear that the budget changed: everybody what is published, officers the rest."""

from typing import Any

from balai import live
from modules.budget import topics
from modules.budget.workflow import DESK

PUBLIC = (topics.PUBLISHED, topics.WITHDRAWN)


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear that something happened."""
    return topic in PUBLIC or bool(
        user is not None and user.is_authenticated and user.has_perm(DESK)
    )


live.topic_policy("budget.", may_listen)
