"""Which apps a person signs in to with this account (UU PDP 27/2022, article 7)."""

from typing import TYPE_CHECKING, Any

from balai.signon import grants

if TYPE_CHECKING:
    from balai.accounts.models import User


def export(user: "User") -> list[dict[str, Any]]:
    """Return the consents that hold now, as plain JSON values."""
    return [
        {
            "app": grant.client.name, "knows_you_as": grant.subject.hex,
            "may_know": grant.scopes.split(), "since": grant.given_at.isoformat(),
            "last_used": grant.used_at.isoformat() if grant.used_at else None,
        }
        for grant in grants.mine(user)
    ]  # fmt: skip
