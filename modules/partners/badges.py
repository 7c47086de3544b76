"""What waits behind the partners' menu entries."""

from typing import Any

from django.utils import timezone

from balai.modules import Badge
from modules.partners.selectors import reach, shares


def inbox(user: Any) -> Badge:
    """Count the shares within somebody's reach that wait for a partner's answer; one query."""
    found = shares.waiting(reach.of_user(user), timezone.now())
    return Badge(found["waiting"], found["late"])
