"""What can be looked at in the live room, by the names that the audit log knows."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WALL: Final = "liveroom.viewed"
AGENCY: Final = "liveroom.agency_viewed"
CASE: Final = "liveroom.case_viewed"
PAST: Final = "liveroom.past_viewed"

WORDS: Final[dict[str, str | Promise]] = {
    WALL: _("The wall"),
    AGENCY: _("An agency"),
    CASE: _("A case"),
    PAST: _("The past day"),
}
