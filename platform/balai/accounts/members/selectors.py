"""Reading memberships."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import context
from balai.accounts import roles
from balai.accounts.members.models import Membership

if TYPE_CHECKING:
    from balai.accounts.models import User


def current() -> QuerySet[Membership]:
    """Return the memberships that give rights now: not expired, of a person who may sign in."""
    now = timezone.now()
    return Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now), user__is_active=True
    )


def lasting_admins() -> QuerySet[Membership]:
    """Return the admins without an end date: one of them must always be left."""
    return current().filter(role=roles.ADMIN, agency=None, valid_until=None)


def check_not_last_admin(membership: Membership) -> None:
    """Refuse when ``membership`` is the last thing that makes anybody an admin.

    Raises:
        ValidationError: with a sentence for the admin.
    """
    admins = lasting_admins()
    if admins.filter(pk=membership.pk).exists() and not admins.exclude(pk=membership.pk).exists():
        raise ValidationError(
            _("This is the last admin. Give the role to somebody else first."), code="last_admin"
        )


def held_by(user: "User") -> list[Membership]:
    """Return the person's memberships in the active region, expired ones too (1 query)."""
    if context.region_or_none() is None:
        return []
    return list(user.memberships.select_related("agency").order_by("pk"))
