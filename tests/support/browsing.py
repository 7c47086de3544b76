"""Kota Tangerang before a real browser: people with sessions, pages in fresh profiles, faults."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connections
from django.db.models import QuerySet
from playwright.sync_api import Browser, Page, Route

from balai.accounts.models import Membership, User
from balai.context import Region, region_context
from balai.ui.tests.browser import PATIENCE, RULES
from tests.support import asking
from tests.support.client import CityClient

SHOTS: Final = os.environ.get("BALAI_SHOTS", "")
"""A folder for pictures of the pages on the way; none are taken without."""
PHONE: Final = {"width": 360, "height": 740}
DESKTOP: Final = {"width": 1280, "height": 800}


@contextmanager
def committed(blocker: Any) -> Iterator[Region]:
    """Yield the city with a database that keeps what is written; the caller takes it away again."""
    with blocker.unblock():
        yield asking.region("r_tangerang")
        connections.close_all()


def sessions(city: Region, emails: Mapping[str, str]) -> dict[str, str]:
    """Return the sessions of people who exist, under the names that their addresses have."""
    found = {}
    for name, email in emails.items():
        client = CityClient(city)
        with region_context(city):
            client.force_login(User.objects.get(email=email))
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def forget(people: QuerySet[User]) -> None:
    """Delete people of the active city."""
    Membership.objects.filter(user__in=people).delete()
    people._raw_delete("default")  # the operators' log, which Django would ask, is elsewhere


def visit(
    chromium: Browser, home: str, path: str, session: str = "", *, static: bool = False,
    **options: Any,
) -> Page:  # fmt: skip
    """Open a page in a fresh profile, on a phone unless told otherwise.

    Args:
        home: the city's address.
        session: of who looks; nobody is signed in without.
        static: answer for the static files, which the server with the event hub has not.
        options: of the profile.

    Returns:
        the page; what its scripts complain of is listed in ``page.faults``.
    """
    context = chromium.new_context(**{"locale": "id-ID", "viewport": PHONE, **options})
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": home}])
    context.set_default_timeout(PATIENCE)
    if static:
        context.route("**/static/**", _static)
    page = context.new_page()
    page.faults = []  # type: ignore[attr-defined]  # read by sound()
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"{home}{path}", wait_until="load", timeout=30_000)
    return page


def sound(page: Page) -> None:
    """Fail on anything that WCAG 2.2 forbids, on sideways scrolling, and on a script's error."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.faults == []  # type: ignore[attr-defined]  # set by visit()


def shot(page: Page, name: str, *, whole: bool = True) -> None:
    """Take a picture of a page, of its window alone unless ``whole``."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=whole)


def _static(route: Route) -> None:
    found = finders.find(urlsplit(route.request.url).path.removeprefix(settings.STATIC_URL))
    route.fulfill(path=str(found)) if found else route.abort()
