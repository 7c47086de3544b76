"""Giving and taking roles."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit
from balai.accounts import roles
from balai.accounts.members import selectors
from balai.accounts.members.models import Membership

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.directory.models import Agency


@transaction.atomic
def grant_role(
    *, user: "User", role: str, agency: "Agency | None" = None, valid_until: datetime | None = None
) -> Membership:
    """Give ``user`` a role, at ``agency`` or (None) at all agencies; again only moves the expiry.

    Args:
        valid_until: the moment the role ends by itself; None for never.

    Raises:
        ValidationError: for an unknown role, or one that needs an agency and has none.
    """
    check_role(role, agency)
    membership, created = Membership.objects.update_or_create(
        user=user, role=role, agency=agency, defaults={"valid_until": valid_until}
    )
    _forget_grants(user)
    audit.record(
        action="role.granted" if created else "role.changed",
        target=str(user.uuid),
        after=_facts(membership),
    )
    return membership


@transaction.atomic
def revoke_role(*, membership: Membership, reason: str = "") -> None:
    """Take a role away.

    Raises:
        ValidationError: when it is the last admin's.
    """
    lock_admins()
    selectors.check_not_last_admin(membership)
    user, facts = membership.user, _facts(membership)
    membership.delete()
    _forget_grants(user)
    audit.record(action="role.revoked", target=str(user.uuid), before=facts, reason=reason)


@transaction.atomic
def change_role(
    *,
    membership: Membership,
    role: str,
    agency: "Agency | None",
    valid_until: datetime | None,
    reason: str = "",
) -> Membership:
    """Turn one membership into another: role, agency or expiry.

    Raises:
        ValidationError: for a role without its agency, the same role held twice, or when the
            region would be left without an admin.
    """
    check_role(role, agency)
    lock_admins()
    if role != roles.ADMIN or agency is not None or valid_until is not None:
        selectors.check_not_last_admin(membership)
    before = _facts(membership)
    membership.role, membership.agency, membership.valid_until = role, agency, valid_until
    twin = Membership.objects.filter(user=membership.user, role=role, agency=agency)
    if twin.exclude(pk=membership.pk).exists():
        raise ValidationError(_("This person already has that role there."), code="twice")
    membership.save(update_fields=["role", "agency", "valid_until"])
    _forget_grants(membership.user)
    audit.record(
        action="role.changed",
        target=str(membership.user.uuid),
        before=before,
        after=_facts(membership),
        reason=reason,
    )
    return membership


@transaction.atomic
def expire_role(*, membership: Membership, at: datetime | None = None, reason: str = "") -> None:
    """End a role at ``at`` (default: now).

    Raises:
        ValidationError: when it is the last admin's.
    """
    change_role(
        membership=membership,
        role=membership.role,
        agency=membership.agency,
        valid_until=at or timezone.now(),
        reason=reason,
    )


def check_role(role: str, agency: "Agency | None") -> None:
    """Refuse a role that does not exist or lacks the agency it needs.

    Raises:
        ValidationError: with a sentence for the admin.
    """
    if roles.find(role) is None:
        raise ValidationError(_("There is no such role."), code="unknown")
    if roles.get(role).needs_agency and agency is None:
        raise ValidationError(_("Choose the agency for this role."), code="agency")


def lock_admins() -> None:
    """Let one transaction at a time change who is admin: two admins cannot remove each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('members.admin.' || current_schema()))"
        )


def _forget_grants(user: "User") -> None:
    user.__dict__.pop("grants", None)


def _facts(membership: Membership) -> dict[str, Any]:
    return {
        "role": membership.role,
        "agency": membership.agency_id,
        "valid_until": membership.valid_until,
    }
