"""What an account holds about its person (UU PDP 27/2022, articles 7 and 43)."""

from datetime import datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.accounts.members import selectors
from balai.accounts.members.models import Invitation
from balai.accounts.models import User
from balai.privacy.person import Person
from balai.privacy.subjects import Kept, Place

TITLE: Final = pgettext_lazy("data", "Account")


def collect(person: Person) -> dict[str, Any]:
    """Return the account, its addresses, factors, roles and invitations."""
    return _account(person.user) if person.user else {}


def erase(person: Person, now: datetime) -> list[Kept]:
    """Tell what stays; :func:`balai.accounts.people.close_account` erases the rest at the end."""
    if person.user is None:
        return []
    return [
        Kept(
            _("A row without name, address and number"),
            _("Records and the audit log point at it; it says nothing of you."),
            ("accounts_user",),
        ),
        Kept(
            _("The audit log"),
            _("Who changed what in the administration must stay provable (articles 31 and 39)."),
            ("audit_entry",),
        ),
    ]


def places(person: Person) -> list[Place]:
    """Return where name, language, address and number are changed."""
    if person.user is None:
        return []
    return [Place(_("Name, language, e-mail address, mobile number"), reverse("account:me"))]


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
        "invitations": [
            {"role": role, "sent_at": at.isoformat()}
            for role, at in _invitations(user).values_list("role", "created_at")
        ],
    }


def _invitations(user: User) -> Any:
    reached = Q(email=user.email or None) | Q(phone=user.phone or None)
    return Invitation.objects.filter(reached).order_by("created_at")
