"""I-03: whatever a client writes for a host, it gets the right city or a 4xx."""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client, override_settings

from balai import context
from tenants import directory
from tests.support.webserver import exchange, serve

pytestmark = pytest.mark.django_db
A = "tangerang.localhost"
B = "purworejo.localhost"

OF_A = {
    "plain": f"Host: {A}",
    "port": f"Host: {A}:8000",
    "other port": f"Host: {A}:80",
    "upper case": "Host: TANGERANG.LOCALHOST",
    "mixed case and port": "Host: Tangerang.localHost:8000",
    "trailing dot": f"Host: {A}.",
    "trailing dot and port": f"Host: {A}.:8000",
    "spaces around": f"Host:   {A}  ",
    "header name in capitals": f"HOST: {A}",
    "full-width letter": "Host: \uff54angerang.localhost",
    "X-Forwarded-Host": f"Host: {A}\r\nX-Forwarded-Host: {B}",
    "X_Forwarded_Host": f"Host: {A}\r\nX_Forwarded_Host: {B}",
    "Forwarded": f"Host: {A}\r\nForwarded: host={B}",
    "X-Host": f"Host: {A}\r\nX-Host: {B}\r\nX-Original-Host: {B}",
    "X-Forwarded-Server": f"Host: {A}\r\nX-Forwarded-Server: {B}",
    "override header": f"Host: {A}\r\nX-HTTP-Host-Override: {B}",
    "HTTP_HOST as a header": f"Host: {A}\r\nHTTP_HOST: {B}",
    "Origin and Referer": f"Host: {A}\r\nOrigin: http://{B}\r\nReferer: http://{B}/",
}
REFUSED = {
    "two hosts": f"Host: {A}\r\nHost: {B}",
    "two hosts, reversed": f"Host: {B}\r\nHost: {A}",
    "the same host twice": f"Host: {A}\r\nHost: {A}",
    "list": f"Host: {A}, {B}",
    "list without a space": f"Host: {A},{B}",
    "two words": f"Host: {A} {B}",
    "folded": f"Host: {A}\r\n {B}",
    "user info": f"Host: admin@{A}",
    "user info with password": f"Host: admin:x@{A}",
    "city as user info": f"Host: {A}@{B}",
    "two dots at the end": f"Host: {A}..",
    "dot in front": f"Host: .{A}",
    "two dots inside": "Host: tangerang..localhost",
    "IPv6": "Host: [::1]",
    "IPv6 with port": "Host: [::1]:8000",
    "IPv6 with zone": "Host: [fe80::1%25lo]",
    "half an IPv6": "Host: [::1",
    "IPv4": "Host: 127.0.0.1",
    "IPv4 as a number": "Host: 2130706433",
    "empty": "Host:",
    "missing": "Accept: */*",
    "port 0": f"Host: {A}:0",
    "port too large": f"Host: {A}:65536",
    "port not a number": f"Host: {A}:http",
    "empty port": f"Host: {A}:",
    "two ports": f"Host: {A}:80:8000",
    "path": f"Host: {A}/x",
    "scheme": f"Host: http://{A}",
    "percent": "Host: tangerang%2elocalhost",
    "backslash": f"Host: {A}\\@{B}",
    "NUL": f"Host: {A}\x00",
    "tab inside": "Host: tange\trang.localhost",
    "label below": f"Host: x.{A}",
    "suffix": f"Host: {A}.example.org",
    "no apex": "Host: tangerang",
    "other apex": "Host: tangerang.example.org",
    "punycode": "Host: xn--tangerang-8yd.localhost",
    "Cyrillic letter": "Host: t\u0430ngerang.localhost",
    "not UTF-8": "Host: t\udcffngerang.localhost",
    "hyphen in front": f"Host: -{A}",
    "too long": f"Host: {'a' * 260}.localhost",
}


@pytest.fixture
def port(region, other_region) -> Iterator[int]:
    """A server whose every page but whoami is the real chain of middleware."""
    urls = "tests.isolation.whoami"
    with override_settings(ROOT_URLCONF=urls, PUBLIC_SCHEMA_URLCONF=urls), serve() as number:
        yield number
    directory.invalidate()
    connections.close_all()


def ask(
    port: int, header: str, target: str = "/whoami/", version: str = "1.1"
) -> tuple[int, bytes]:
    head = f"GET {target} HTTP/{version}\r\n{header}\r\nConnection: close\r\n\r\n"
    return exchange(port, head.encode("utf-8", "surrogateescape"))


def test_i03_spellings_of_a_city_reach_that_city(port: int) -> None:
    wrong = {}
    for name, header in OF_A.items():
        status, body = ask(port, header)
        seen = json.loads(body) if status == 200 else {}
        if (seen.get("request"), seen.get("context"), seen.get("schema")) != (
            "tangerang", "tangerang", "r_tangerang",
        ):  # fmt: skip
            wrong[name] = (status, body[:200])
        elif not re.fullmatch(r"tangerang\.localhost(:\d+)?", seen["host"]):
            wrong[name] = seen["host"]
    assert wrong == {}


def test_i03_everything_else_is_refused(port: int) -> None:
    answers = {name: ask(port, header) for name, header in REFUSED.items()}
    assert {name: status for name, (status, _) in answers.items() if not 400 <= status < 500} == {}
    assert not [name for name, (_, body) in answers.items() if b'"schema"' in body]


def test_i03_absolute_targets_do_not_choose_another_city(port: int) -> None:
    for target, host in ((f"http://{B}/whoami/", A), (f"http://{A}/whoami/", B)):
        status, body = ask(port, f"Host: {host}", target)
        own = b"tangerang" if host == A else b"purworejo"
        assert 400 <= status < 500 or own in body
    assert ask(port, "Accept: */*", version="1.0")[0] == 400


def test_i03_there_are_forty_spellings_and_both_cities_answer(port: int) -> None:
    assert len(OF_A) + len(REFUSED) >= 40
    assert json.loads(ask(port, f"Host: {B}")[1])["schema"] == "r_purworejo"
    assert json.loads(ask(port, "Host: localhost")[1])["schema"] == "shared"


@override_settings(ROOT_URLCONF="tests.isolation.whoami")
@pytest.mark.parametrize("name", OF_A)
def test_i03_the_same_without_a_server(region, name: str) -> None:
    headers = dict(line.split(":", 1) for line in OF_A[name].split("\r\n"))
    environ = {
        f"HTTP_{key.upper().replace('-', '_')}": value.strip().encode().decode("latin-1")
        for key, value in headers.items()
        if "_" not in key
    }
    response = Client().get("/whoami/", **environ)
    assert response.json()["schema"] == "r_tangerang"
    assert "Host" in response["Vary"]
    assert context.current() is None
