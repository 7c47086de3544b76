"""Why accounts are kept (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="accounts.account",
        label=_("Your account"),
        text=_("To know you again, show you your own things and answer you."),
        basis=Basis.CONTRACT,
        data=(_("Name"), _("E-mail address or mobile number"), _("Language"), _("Sign-in times")),
        models=(
            "accounts.User", "account.EmailAddress", "account.EmailConfirmation",
            "mfa.Authenticator", "sessions.Session",
        ),
        retention=_("Until you delete your account; sessions for 14 days"),
    ),
    Purpose(
        slug="accounts.officers",
        label=_("Officers' roles"),
        text=_("Who works for the region, in which office, and what they may do."),
        basis=Basis.PUBLIC,
        law="UU 25/2009",
        data=(_("Role and office"), _("Invitations by e-mail or SMS")),
        models=("members.Membership", "members.Invitation"),
        retention=_("Until the role ends"),
    ),
)  # fmt: skip
