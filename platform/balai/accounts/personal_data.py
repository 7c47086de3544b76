"""All that is stored about a person, for the person (UU PDP 27/2022, article 7)."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from balai.accounts.members import selectors
from balai.accounts.models import User
from balai.modules import registry
from balai.signon import personal_data as connected

PART = "personal_data"


def of(user: User) -> dict[str, Any]:
    """Return the account, and what each active module keeps, as plain JSON values.

    A module takes part by a ``personal_data.py`` with ``export(user) -> list | dict``.
    """
    return {"account": _account(user), "connected_apps": connected.export(user), **_modules(user)}


def _account(user: User) -> dict[str, Any]:
    return {
        "reference": str(user.uuid),
        "name": user.name,
        "email": user.email,
        "phone": user.phone,
        "phone_verified": user.phone_verified,
        "language": user.language,
        "created_at": user.created_at.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "second_factors": [
            {"type": kind, "created_at": made.isoformat()}
            for kind, made in Authenticator.objects.filter(user=user).values_list(
                "type", "created_at"
            )
        ],
        "roles": [
            {
                "role": membership.role,
                "agency": membership.agency.name if membership.agency else None,
                "valid_until": membership.valid_until and membership.valid_until.isoformat(),
            }
            for membership in selectors.held_by(user)
        ],
    }


def _modules(user: User) -> dict[str, Any]:
    parts = ((module.slug, registry.part(module, PART)) for module in registry.active())
    return {slug: part.export(user) for slug, part in parts if part}  # type: ignore[attr-defined]  # the part's one function
