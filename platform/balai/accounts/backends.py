"""Rights from roles."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from balai.accounts.models import User


class RoleBackend(BaseBackend):
    """Grant what the person's roles in the active region hold; a role says nothing elsewhere."""

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, if the account may still sign in."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Tell whether a role gives ``perm``; ``obj`` is not looked at (use ``agencies_for``)."""
        return isinstance(user_obj, User) and user_obj.is_active and user_obj.grants.has(perm)
