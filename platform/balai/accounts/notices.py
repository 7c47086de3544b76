"""Which of our messages stands for which of allauth's."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODES: Final = frozenset(
    {
        "account/email/login_code",
        "account/email/email_confirmation",
        "account/email/email_confirmation_signup",
        "account/email/password_reset_code",
    }
)
# Answers to somebody who gave an address: they must take as long as a code does.
ANSWERS: Final = frozenset({"unknown", "exists"})
EVENTS: Final[Mapping[str, Promise]] = {
    "account/email/email_changed": _("Your e-mail address was changed."),
    "account/email/email_confirm": _("Your e-mail address was confirmed."),
    "account/email/email_deleted": _("An e-mail address was removed from your account."),
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was set anew."),
    "account/email/password_set": _("A password was set for your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
    "mfa/email/totp_activated": _("An authenticator app was added."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
}


def of(template_prefix: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return our template's name and variables for allauth's mail ``template_prefix``.

    Raises:
        KeyError: for a mail we do not know, such as one with a link instead of a code.
    """
    if template_prefix in CODES:
        return "code", {"code": values["code"]}
    if template_prefix == "account/email/unknown_account":
        return "unknown", {"url": values["signup_url"]}
    if template_prefix == "account/email/account_already_exists":
        return "exists", {"url": values["login_url"]}
    return "notice", {"what": str(EVENTS[template_prefix]), "at": values.get("timestamp")}
