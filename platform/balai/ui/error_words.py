"""What error pages say: what is so, what one may do, and a picture."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one status."""

    title: str | Promise
    text: str | Promise
    icon: str


WORDS: Final = {
    400: Words(
        _("We could not read that"),
        _("Part of what your browser sent is missing or damaged. Go back and try once more."),
        "file-question-mark",
    ),
    403: Words(
        _("This page is not for you"),
        _("Your account may not open it. Sign in with another account, or ask the region's admin."),
        "lock",
    ),
    404: Words(
        _("This page is not here"),
        _(
            "The address may be mistyped, or the service is switched off. "
            "Search, or start again from the home page."
        ),
        "map-pin-off",
    ),
    405: Words(
        _("That does not work this way"),
        _("Open the page from its menu or button instead."),
        "signpost",
    ),
    413: Words(
        _("Too large to send"),
        _("Send fewer or smaller photos. What you wrote is still in the form when you go back."),
        "image-down",
    ),
    429: Words(_("Too many tries"), _("Wait a minute, then try once more."), "timer"),
    500: Words(
        _("Something broke on our side"),
        _(
            "It was not your fault, and it has been recorded. What you sent before is safe. "
            "Please try again in a moment."
        ),
        "wrench",
    ),
    503: Words(
        _("Very busy just now"),
        _("Please try again in a moment. Reports and 112 go first."),
        "hourglass",
    ),
}
