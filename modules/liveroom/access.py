"""How a television without anybody signed in proves that it may show the wall."""

from django.http import HttpRequest

from balai import signing
from modules.liveroom import selectors
from modules.liveroom.models import Screen

COOKIE = "balai_screen"
SALT = "liveroom.screen"
LONGEST = 400 * 24 * 3600
"""No link outlives this many seconds, whatever its row says."""


def token_of(screen: Screen) -> str:
    """Return the signed token of a screen's link."""
    return signing.dumps(screen.uuid.hex, salt=SALT)


def screen_of(token: str) -> Screen | None:
    """Return the screen a token belongs to, if it has not run out or been taken back."""
    try:
        reference = signing.loads(token, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return selectors.live_screen(reference)


def screen_here(request: HttpRequest) -> Screen | None:
    """Return the screen this browser was connected as, while its link is good."""
    token = request.COOKIES.get(COOKIE, "")
    return screen_of(token) if token else None
