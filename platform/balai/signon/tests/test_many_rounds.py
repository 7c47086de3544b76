"""The long form: both apps against the whole stack, two web processes, many people.

A code made in one process is exchanged in the other: codes live in the shared cache. Each person
goes to both apps, comes back, and is known by the same number; app A renews its tokens.
"""

import re
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from django.conf import settings

from balai.accounts.models import User
from balai.context import platform, region_context
from balai.embedded import ports
from balai.signon import clients
from balai.signon.tests import processes
from tenants import directory
from tests.support.client import CityClient
from tests.support.stack import Stack, running

PEOPLE = 25
SESSIONS: list[str] = []
MADE: dict[str, tuple[int, str, str]] = {}
META = re.compile(r'http-equiv="refresh" content="0;url=([^"]+)"')
HIDDEN = re.compile(r'name="(request|csrfmiddlewaretoken)" value="([^"]+)"')


def _prepare() -> None:
    """Make people who are signed in, and both apps."""
    with platform():
        region = directory.by_schema("r_tangerang")
    assert region is not None
    for number in range(PEOPLE):
        with region_context(region):
            email = f"putaran{number}@contoh.test"
            user = User.objects.create_user(email=email, name=f"Orang {number}")
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        client = CityClient(region)
        client.force_login(user)
        SESSIONS.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    with region_context(region):
        for name, callback in processes.CALLBACKS.items():
            port = ports.unused()
            uris = [f"http://127.0.0.1:{port}/{callback}"]
            app = clients.App(name=name, redirect_uris=uris, scopes=["profile", "email"])
            client_row, secret = clients.register(app=app)
            MADE[name] = (port, client_row.pk, secret)


class Browser:
    """As much of a browser as the flow needs: cookies, redirects, our page that leads on."""

    def __init__(self, city: str, session: str) -> None:
        self.city, self.jar = city, requests.Session()
        host = str(urlsplit(city).hostname)
        self.jar.cookies.set(settings.SESSION_COOKIE_NAME, session, domain=host)
        self.asked = 0

    def visit(self, url: str) -> Any:
        """Follow everything, agreeing where it is asked."""
        response = self.jar.get(url, timeout=20)
        if 'value="grant"' in response.text:
            self.asked += 1
            form = {**dict(HIDDEN.findall(response.text)), "action": "grant"}
            form["scopes"] = ["profile", "email"]  # type: ignore[assignment]  # requests takes lists
            where = urljoin(response.url, "/identity/o/authorize")
            response = self.jar.post(where, form, headers={"Referer": response.url}, timeout=20)
        found = META.search(response.text)
        return self.visit(found[1].replace("&amp;", "&")) if found else response


def _number(response: Any) -> str:
    found = re.search(r"id='sub'>(\w+)<", response.text)
    assert found, response.text[:500]
    return found[1]


def _ready(server: Stack, city: str) -> None:
    answer = requests.get(f"{city}/.well-known/openid-configuration", timeout=20)
    assert answer.status_code == 200, server.logs()


@pytest.mark.soak
def test_many_people_through_both_apps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest.FixtureRequest
) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo",
        lambda host, *told, **more: resolve(
            "127.0.0.1" if str(host).endswith(".localhost") else host, *told, **more
        ),
    )  # fmt: skip
    with django_db_blocker.unblock(), ExitStack() as stack:  # type: ignore[attr-defined]  # pytest-django's own
        # The server's secret lies there; sessions and sealed keys are made with it.
        state = {"BALAI_STATE": str(settings.STATE)}
        server = stack.enter_context(
            running("balai_sign_on", web=2, environment=state, prepare=_prepare)
        )
        city = server.url("", city="tangerang")
        homes = {}
        for name, (port, client_id, secret) in MADE.items():
            homes[name] = stack.enter_context(processes.app(
                name, base=city, port=port, client_id=client_id, secret=secret, folder=tmp_path
            ))  # fmt: skip
        _ready(server, city)
        seen: set[str] = set()
        for session in SESSIONS:
            browser = Browser(city, session)
            numbers = {
                name: _number(browser.visit(f"{home}/masuk")) for name, home in homes.items()
            }
            again = {name: _number(browser.visit(f"{home}/masuk")) for name, home in homes.items()}
            assert numbers == again and browser.asked == 2
            for _round in range(3):
                told = browser.jar.get(f"{homes['with_authlib']}/refresh", timeout=20).json()
                assert told == {"rotated": True, "sub": numbers["with_authlib"]}
            seen |= set(numbers.values())
        assert len(seen) == 2 * PEOPLE
