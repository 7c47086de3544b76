"""Everything that changes people, their roles and their ways in."""

from balai.accounts.members.services import change_role, expire_role, grant_role, revoke_role

__all__ = ["change_role", "expire_role", "grant_role", "revoke_role"]
