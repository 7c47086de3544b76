"""Offering somebody a role, by e-mail or phone, and their acceptance."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit, context, notify, signing
from balai.accounts import phones, roles
from balai.accounts.members import services
from balai.accounts.members.models import Invitation

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.directory.models import Agency

SALT: Final = "accounts.invitation"
LIFETIME: Final = timedelta(days=14)


class InvitationError(Exception):
    """Raised for an invitation of another region, taken back, accepted, or too old."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation is to be: who, which role, where, until when."""

    contact: str
    role: str
    agency: "Agency | None" = None
    name: str = ""
    valid_until: datetime | None = None


@transaction.atomic
def invite(*, offer: Offer, by: "User | None" = None) -> Invitation:
    """Store an invitation and send it.

    Raises:
        ValidationError: for a role without its agency, or an address invited already.
    """
    services.check_role(offer.role, offer.agency)
    column = "email" if "@" in offer.contact else "phone"
    address = offer.contact.lower() if column == "email" else phones.normalise(offer.contact)
    open_ones = Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now(), **{column: address}
    )
    if open_ones.filter(role=offer.role, agency=offer.agency).exists():
        raise ValidationError(_("There is an open invitation for this already."), code="twice")
    invitation = Invitation(
        name=offer.name,
        role=offer.role,
        agency=offer.agency,
        valid_until=offer.valid_until,
        invited_by=by,
        **{column: address},
    )
    _send(invitation)
    audit.record(action="invitation.sent", target=str(invitation.uuid), after=_facts(invitation))
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation) -> Invitation:
    """Send an invitation again with a new link; the old one ends.

    Raises:
        InvitationError: when it was accepted or taken back.
    """
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationError
    _send(invitation)
    audit.record(action="invitation.resent", target=str(invitation.uuid))
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation) -> None:
    """Take an invitation back; harmless when repeated.

    Raises:
        InvitationError: when it was accepted.
    """
    if invitation.accepted_at:
        raise InvitationError
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        audit.record(action="invitation.revoked", target=str(invitation.uuid))


def read(token: str) -> Invitation:
    """Return the open invitation behind ``token`` without accepting it.

    Raises:
        InvitationError: whatever is wrong with it; the reason is not told.
    """
    return _open(token, Invitation.objects.select_related("agency"))


@transaction.atomic
def accept(*, token: str, name: str = "") -> "User":
    """Create the invited person's account if they have none, and give them the role.

    Who holds the link holds the address it was sent to, so that address counts as verified.

    Raises:
        InvitationError: as :func:`read`, and when the account may not sign in.
    """
    invitation = _open(token, Invitation.objects.select_for_update(of=("self",)))
    user = _user_of(invitation, name)
    services.grant_role(
        user=user,
        role=invitation.role,
        agency=invitation.agency,
        valid_until=invitation.valid_until,
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    audit.record(
        action="invitation.accepted", target=str(invitation.uuid), after={"user": user.uuid}
    )
    return user


def renew(invitation: Invitation) -> str:
    """Give the invitation a new token and two weeks; return the token, which is not kept."""
    secret = secrets.token_urlsafe(32)
    invitation.token_hash = _digest(secret)
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.save()
    return signing.dumps([str(invitation.uuid), secret], salt=SALT)


def _send(invitation: Invitation) -> None:
    region = context.current_region()
    url = reverse("account:invitation", args=[renew(invitation)])
    notify.send(
        template="accounts/invitation",
        to=notify.Recipient(email=invitation.email, phone=invitation.phone),
        context={
            "place": region.name,
            "name": invitation.name,
            "role": str(roles.get(invitation.role).label),
            "agency": invitation.agency.name if invitation.agency else "",
            "url": region.base_url + url,
            "until": invitation.expires_at,
        },
    )


def _open(token: str, invitations: Any) -> Invitation:
    try:
        uuid, secret = signing.loads(token, salt=SALT, max_age=int(LIFETIME.total_seconds()))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise InvitationError from error
    invitation: Invitation | None = invitations.filter(uuid=uuid).first()
    if invitation is None or not invitation.is_open:
        raise InvitationError
    if not secrets.compare_digest(invitation.token_hash, _digest(secret)):
        raise InvitationError
    return invitation


def _user_of(invitation: Invitation, name: str) -> "User":
    from balai.accounts.models import User  # models of accounts import those of members

    column = "email" if invitation.email else "phone"
    found = User.objects.filter(**{column: invitation.address}).first()
    if found and not found.is_active:
        raise InvitationError
    user = found or User.objects.create_user(
        name=name or invitation.name, **{column: invitation.address}
    )
    if invitation.email:
        EmailAddress.objects.update_or_create(
            user=user, email=invitation.email, defaults={"verified": True, "primary": True}
        )
    elif not user.phone_verified:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
    return user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _facts(invitation: Invitation) -> dict[str, Any]:
    return {"role": invitation.role, "agency": invitation.agency_id}
