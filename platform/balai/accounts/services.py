"""Everything that changes people, their roles and their ways in.

Other packages import from here; the work is in ``members``, ``signin_links`` and ``people``.
"""

from balai.accounts.members.invitations import Offer, accept, invite, resend, revoke
from balai.accounts.members.services import change_role, expire_role, grant_role, revoke_role
from balai.accounts.people import (
    adopt,
    close_account,
    deactivate,
    ensure_user,
    reactivate,
    sign_out_everywhere,
    update_profile,
)
from balai.accounts.signin_links import make_signin_link

__all__ = [
    "Offer",
    "accept",
    "adopt",
    "change_role",
    "close_account",
    "deactivate",
    "ensure_user",
    "expire_role",
    "grant_role",
    "invite",
    "make_signin_link",
    "reactivate",
    "resend",
    "revoke",
    "revoke_role",
    "sign_out_everywhere",
    "update_profile",
]
