"""I-10: a session of A is nobody at B, and a sibling's tossed cookies have no effect."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from tests.isolation.banned import ROOT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("whoami_urls"),
]


@pytest.fixture
def whoami_urls():
    with override_settings(ROOT_URLCONF="tests.isolation.whoami"):
        yield


def user_of(client, **extra: str) -> str:
    return client.get("/whoami/", **extra).json()["user"]


def test_i10_a_session_is_worth_nothing_next_door(
    region, other_region, make_user, client_for
) -> None:
    person = make_user("admin", city=region)
    at_a, at_b = client_for(region, person), client_for(other_region)
    assert user_of(at_a) == str(person.uuid)
    at_b.cookies = at_a.cookies
    assert user_of(at_b) == "anonymous"


def test_i10_equal_keys_and_addresses_do_not_help(
    region, other_region, make_user, client_for
) -> None:
    at_a = client_for(region, make_user("admin", city=region, email="sama@contoh.test"))
    twin = make_user("admin", city=other_region, email="sama@contoh.test")
    at_b = client_for(other_region, twin)
    assert user_of(at_b) == str(twin.uuid)
    at_b.cookies = at_a.cookies
    assert user_of(at_b) == "anonymous"


def test_i10_a_tossed_cookie_never_signs_in(region, other_region, make_user, client_for) -> None:
    name = settings.SESSION_COOKIE_NAME
    at_a = client_for(region, make_user("admin", city=region))
    person = make_user(city=other_region)
    at_b = client_for(other_region, person)
    tossed, own = at_a.cookies[name].value, at_b.cookies[name].value
    at_b.cookies.clear()
    for header in (f"{name}={tossed}; {name}={own}", f"{name}={own}; {name}={tossed}"):
        assert user_of(at_b, HTTP_COOKIE=header) in {str(person.uuid), "anonymous"}
    assert user_of(at_b, HTTP_COOKIE=f"{name}={tossed}") == "anonymous"


def test_i10_production_cookies_cannot_be_set_by_a_sibling() -> None:
    """A browser takes a ``__Host-`` cookie only when it is Secure, Path=/ and has no Domain."""
    source = (ROOT / "platform/balai/settings/production.py").read_text()
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        name = re.search(rf'^{cookie}_COOKIE_NAME = "(.+)"', source, re.M)
        assert name is None or name[1].startswith("__Host-")
    assert re.search(r'^SESSION_COOKIE_NAME = "__Host-', source, re.M)
    assert re.search(r'^CSRF_COOKIE_NAME = "__Host-', source, re.M)
    everything = "".join(
        path.read_text() for path in Path(ROOT / "platform/balai/settings").glob("*.py")
    )
    assert "COOKIE_DOMAIN" not in everything
