"""What an app may learn of a person, in the words of OpenID Connect Core 5.4."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from balai.ui.fields import RichLabel

OPENID: Final = "openid"
OFFERED: Final = {
    OPENID: RichLabel(
        _("That it is you"), _("A number that only this app has for you."), "badge-check"),
    "profile": RichLabel(_("Your name and language"), _("As in your account."), "user"),
    "email": RichLabel(_("Your e-mail address"), _("And whether you confirmed it."), "mail"),
    "phone": RichLabel(_("Your mobile number"), _("And whether you confirmed it."), "phone"),
}  # fmt: skip
CLAIMS: Final = {
    OPENID: ("sub",),
    "profile": ("name", "locale"),
    "email": ("email", "email_verified"),
    "phone": ("phone_number", "phone_number_verified"),
}


def ordered(words: Iterable[str]) -> list[str]:
    """Return those of ``words`` that are offered, in a fixed order, ``openid`` always first."""
    wanted = {OPENID, *words}
    return [word for word in OFFERED if word in wanted]
