"""112 can be called from every page of a city: module on or off, and when something failed."""

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from balai.context import Region, platform, region_context
from balai.devtools.routes import Route, routes
from balai.ui import errors
from tenants import activation, directory

URLCONF = "balai.urls_region"
OFFICERS = ("desk/", "console/", "admin/")
HEADER = re.compile(r"<header.*?</header>", re.DOTALL)
CALL = 'href="tel:112"'


def citizens() -> Iterator[Route]:
    """Yield the routes without an argument that a citizen may open."""
    for route in routes(URLCONF):
        path = re.sub(r"[\^$\\]|\\Z", "", route.pattern)
        if "<" not in path and "(" not in path and not path.startswith(OFFICERS):
            yield route


def switch(region: Region, slug: str, on: bool) -> None:
    with platform():
        activation.switch(directory.by_schema(region.schema), slug, on)
        directory.invalidate(region.schema)


def looked_at(client: object) -> dict[str, bool]:
    """Return, for every page that a visitor gets, whether its header leads to 112."""
    found = {}
    for route in citizens():
        path = "/" + re.sub(r"[\^$\\]|\\Z", "", route.pattern)
        answer = client.get(path)
        if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        page = answer.content.decode()
        if "<html" in page:
            head = HEADER.search(page)
            found[path] = bool(head and CALL in head[0])
    return found


def test_every_citizens_page_leads_to_112_with_the_module_on_and_off(
    region: Region, client_for: Callable
) -> None:
    client = client_for(region)
    pages = looked_at(client)
    assert len(pages) > 20
    assert [path for path, leads in pages.items() if not leads] == []
    switch(region, "emergency", False)
    off = looked_at(client)
    assert [path for path, leads in off.items() if not leads] == []
    assert client.get("/emergency/").status_code == 404
    assert CALL in client.get("/emergency/").content.decode()


def test_errors_lead_to_112(region: Region, client_for: Callable, rf: object) -> None:
    client = client_for(region)
    client.raise_request_exception = False
    for path in ("/nothing-here/", "/emergency/call/x/"):
        assert CALL in HEADER.search(client.get(path).content.decode())[0]
    with pytest.MonkeyPatch.context() as broken:

        def fail(request: HttpRequest) -> None:
            raise RuntimeError("broken")

        broken.setattr("modules.emergency.conf.current", lambda: fail(None))
        answer = client.get("/emergency/")
    assert answer.status_code == 500
    assert CALL in HEADER.search(answer.content.decode())[0]
    for status in (400, 403, 405, 413, 429, 500, 503):
        assert CALL in errors.page(rf.get("/"), status).content.decode()


def test_a_city_that_has_not_paid_keeps_its_centre(
    region: Region, client_for: Callable, make_user: Callable
) -> None:
    from tenants.models import Region as Row

    with platform():
        Row.objects.filter(schema_name=region.schema).update(state="restricted")
        directory.invalidate(region.schema)
        now = directory.by_schema(region.schema)
    assert "emergency" in now.active_modules
    pages = looked_at(client_for(now))
    assert "/emergency/" in pages
    assert [path for path, leads in pages.items() if not leads] == []
    assert client_for(now).get("/emergency/").status_code == 200
    taker = make_user("call_taker", city=now)
    with region_context(now):
        Authenticator.objects.create(user=taker, type="totp", data={"secret": "x"})
    assert client_for(now, taker).get("/desk/emergency/take/").status_code == 200
