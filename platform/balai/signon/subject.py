"""Which apps a person signs in to with this account (UU PDP 27/2022, articles 7 and 43)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.privacy.person import Person
from balai.privacy.subjects import Kept
from balai.signon import grants

TITLE: Final = _("Connected apps")


def collect(person: Person) -> list[dict[str, Any]]:
    """Return the consents that hold now."""
    if person.user is None:
        return []
    return [
        {
            "app": grant.client.name, "knows_you_as": grant.subject.hex,
            "may_know": grant.scopes.split(), "since": grant.given_at.isoformat(),
            "last_used": grant.used_at.isoformat() if grant.used_at else None,
        }
        for grant in grants.mine(person.user)
    ]  # fmt: skip


def erase(person: Person, now: datetime) -> list[Kept]:
    """Delete consents and tokens: apps learn nothing more."""
    if person.user is not None:
        grants.forget(user_id=person.user.pk)
    return []
