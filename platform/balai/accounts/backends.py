"""Rights from roles, and passwords for those who have one."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from balai import context
from balai.accounts.models import User


class RoleBackend(BaseBackend):
    """Grant what the person's roles in the active region hold; a role says nothing elsewhere."""

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, if the account may still sign in."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Tell whether a role gives ``perm``; ``obj`` is not looked at (use ``agencies_for``)."""
        return isinstance(user_obj, User) and user_obj.is_active and user_obj.grants.has(perm)


class PlatformProofBackend(BaseBackend):
    """Whom the platform signed in, with a second factor, for a region (``balai.signon.roaming``).

    It only marks the user of such a session: the rights are those of the role in the region.
    """

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, whose second factor the platform has seen."""
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is not None:
            user.proven_elsewhere = context.region_or_none() is not None
        return user


class SignInBackend(AuthenticationBackend):
    """allauth's, without Django's permission tables, which our users do not have."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Never grant: rights come from roles."""
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return none: rights come from roles."""
        return set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Never grant."""
        return False
