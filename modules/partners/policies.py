"""Who may hear that something happened to a share; the events carry ids only."""

from typing import Any

from balai import live
from modules.partners.selectors import reach


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear of shares: the city's people and partners' people."""
    if user is None or not user.is_authenticated:
        return False
    return bool(user.has_perm(reach.SEE) or user.has_perm(reach.INBOX))


live.topic_policy("partners.", may_listen)
