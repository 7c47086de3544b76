"""What every template knows as ``ui``: brand, menus, scheme. Worked out only when asked for."""

import logging
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from balai import context
from balai.accounts.roles import CONSOLE
from balai.context import Region
from balai.live.counts import COUNTS
from balai.ui import banners, life, nav as menus
from balai.ui.banners import Board
from balai.ui.brand import Brand, current_brand, plain_brand
from balai.ui.nav import Group, Link

log = logging.getLogger(__name__)
SCHEME_COOKIE = "balai_scheme"
SCHEMES = ("light", "dark")


class Site:
    """The page's surroundings. Nothing here asks the database before a template needs it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def region(self) -> Region | None:
        """The region of this host, or None on the public site."""
        return context.region_or_none()

    @cached_property
    def brand(self) -> Brand:
        """Names, colours and addresses of the region's (or the platform's) face."""
        return current_brand()

    @property
    def scheme(self) -> str:
        """The visitor's choice, "light" or "dark", else "": the device decides."""
        chosen = self._request.COOKIES.get(SCHEME_COOKIE, "")
        return chosen if chosen in SCHEMES else ""

    @cached_property
    def nav(self) -> list[Link]:
        """The citizens' menu."""
        return menus.citizen(self._request) if self.region else []

    @cached_property
    def tiles(self) -> list[Link]:
        """The home page's services."""
        return menus.tiles(self._request) if self.region else []

    @cached_property
    def primary(self) -> Link | None:
        """The one thing most people come for."""
        return menus.primary(self._request) if self.region else None

    @cached_property
    def banners(self) -> Board:
        """What stands above the page; see :mod:`balai.modules.banners`."""
        return banners.board(self._request)

    @cached_property
    def life(self) -> life.LifeBar | None:
        """The bar about the region's life on desk and console; citizens see it when it closes."""
        return life.bar()

    @property
    def hears(self) -> bool:
        """Whether this process has the hub from which an open page hears of new banners."""
        return COUNTS.running and not getattr(self._request, "kept_for_everybody", False)

    @cached_property
    def desk(self) -> list[Link]:
        """The officers' menu; empty for citizens."""
        return menus.desk(self._request) if self.region and self.signed_in else []

    @cached_property
    def console(self) -> list[Group]:
        """The admins' menu; empty for everybody else."""
        return menus.console(self._request) if self.region and self.is_admin else []

    @cached_property
    def is_admin(self) -> bool:
        """Whether the visitor runs this region's site."""
        return self.signed_in and self._request.user.has_perm(CONSOLE)

    @cached_property
    def signed_in(self) -> bool:
        """Whether the visitor is known; False where there is no session at all."""
        user = getattr(self._request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @property
    def person(self) -> str:
        """Say "in" or "out" as somebody is signed in; "" on a page that is kept for everybody."""
        if getattr(self._request, "kept_for_everybody", False):
            return ""
        return "in" if self.signed_in else "out"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Codes and own names of the languages, the current one included."""
        return [("id", "Bahasa Indonesia"), ("en", "English")]

    @property
    def csrf_cookie(self) -> str:
        """Name of the cookie that forms waiting on a phone take their token from."""
        return settings.CSRF_COOKIE_NAME

    @property
    def path(self) -> str:
        """Where the language switch comes back to."""
        return self._request.get_full_path()


class BareSite(Site):
    """The surroundings of a page about a failure: asks neither session nor database."""

    nav: list[Link] = []
    desk: list[Link] = []
    console: list[Group] = []
    primary = None
    banners = banners.NOTHING
    life = None
    hears = False
    signed_in = False
    is_admin = False

    @cached_property
    def brand(self) -> Brand:
        """The region's face from memory, or a plain one when even that fails."""
        try:
            return current_brand()
        except Exception:
            log.exception("the brand could not be made; a plain page is shown")
            return plain_brand()
