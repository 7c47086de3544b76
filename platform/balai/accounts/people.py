"""What happens to an account: its profile, its sessions, its end."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from balai import audit, context, outbox
from balai.accounts.members import selectors
from balai.accounts.members.models import Invitation, Membership
from balai.accounts.members.services import lock_admins
from balai.accounts.models import User

CLOSED = "accounts.account_closed"


@transaction.atomic
def ensure_user(*, email: str, name: str = "", language: str = "id", **fields: Any) -> User:
    """Return the active schema's user with this address; made, and its address verified, if new.

    For steps that know the address to be the person's: opening a region, the command line.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(email=address, name=name, language=language, **fields)
        audit.record(action="account.created", target=str(user.uuid))
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def adopt(*, email: str, name: str) -> User:
    """Return the account of somebody who has just proven this address, made if there is none.

    Whoever had typed the address in before without proving it loses every way into the account.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    proven = EmailAddress.objects.filter(email=address, verified=True)
    if user is not None and not proven.filter(user=user).exists():
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()
        user.save(update_fields=["password"])
        sign_out_everywhere(user=user)
    return ensure_user(email=address, name=name)


@transaction.atomic
def update_profile(*, user: User, name: str, language: str) -> None:
    """Keep the name and language a person chose for themselves."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    audit.record(action="account.profile_changed", target=str(user.uuid))


@transaction.atomic
def sign_out_everywhere(*, user: User) -> None:
    """End all sessions of the account. The caller's own must be renewed with
    ``update_session_auth_hash`` if it is to go on."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1, link_nonce="")
    user.refresh_from_db(fields=["session_epoch", "link_nonce"])
    audit.record(action="account.signed_out_everywhere", target=str(user.uuid))


@transaction.atomic
def deactivate(*, user: User, reason: str = "") -> None:
    """Shut a person out, at once and in all sessions; their roles stay for a return.

    Raises:
        ValidationError: when they are the last admin.
    """
    _check_not_last_admin(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_out_everywhere(user=user)
    audit.record(action="account.deactivated", target=str(user.uuid), reason=reason)


@transaction.atomic
def reactivate(*, user: User) -> None:
    """Let a person in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(action="account.reactivated", target=str(user.uuid))


@transaction.atomic
def close_account(*, user: User) -> None:
    """End an account at its owner's wish: what names the person goes, what they did stays.

    The row is kept without name, address and number, because reports and the audit log point
    at it. Modules hear of it by the event ``accounts.account_closed``.

    Raises:
        ValidationError: when they are the last admin.
    """
    _check_not_last_admin(user)
    reference = str(user.uuid)
    contacts = {"email": user.email or "", "phone": user.phone or ""}
    if context.region_or_none() is not None:
        Membership.objects.filter(user=user).delete()
        for column, address in contacts.items():
            if address:
                Invitation.objects.filter(**{column: address}).delete()
        outbox.publish(CLOSED, key=reference, user=user.pk)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.name, user.email, user.phone, user.phone_verified = "", None, None, False
    user.is_active = False
    user.set_unusable_password()
    user.save()
    sign_out_everywhere(user=user)
    audit.record(action="account.closed", target=reference)


def _check_not_last_admin(user: User) -> None:
    if context.region_or_none() is None:
        return
    lock_admins()
    for membership in Membership.objects.filter(user=user):
        selectors.check_not_last_admin(membership)


def by_reference(reference: uuid.UUID) -> User | None:
    """Return the user with this public reference."""
    return User.objects.filter(uuid=reference).first()
