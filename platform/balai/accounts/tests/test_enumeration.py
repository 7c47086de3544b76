"""Whether an account exists is told to nobody but its owner."""

import re

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


def face(response) -> tuple[int, str, str]:
    """Return all that a stranger can see of an answer, addresses and tokens evened out."""
    body = re.sub(r'value="[^"]{20,}"|"X-CSRFToken": "[^"]+"', "", response.content.decode())
    body = re.sub(r"[\w.+-]+@[\w.]+|\+?62?\d{9,}|08\d+", "X", body)
    return response.status_code, response.headers.get("Location", ""), body


def walk(client, path: str, form: dict[str, str]) -> list[tuple[int, str, str]]:
    first = client.post(path, form)
    seen = [face(first)]
    if first.status_code == 302:
        target = first.headers["Location"]
        seen += [face(client.get(target)), face(client.post(target, {"code": "x"}))]
        assert 'name="code"' in seen[1][2], "the page is there"
    return seen


def test_signing_in_looks_the_same(region, citizen, client_for) -> None:
    known = walk(client_for(region), "/accounts/login/", {"login": citizen.email})
    unknown = walk(client_for(region), "/accounts/login/", {"login": "tak-ada@contoh.test"})
    assert known == unknown
    assert [sent.to for sent in mail.outbox] == [[citizen.email], ["tak-ada@contoh.test"]]
    assert re.search(r"\b\d{6}\b", mail.outbox[0].body)
    assert not re.search(r"\b\d{6}\b", mail.outbox[1].body)


def test_signing_in_by_phone_looks_the_same(region, make_user, client_for, inbox) -> None:
    make_user(city=region, phone="+6281234567890", phone_verified=True)
    known = walk(client_for(region), "/accounts/login/", {"login": "081234567890"})
    unknown = walk(client_for(region), "/accounts/login/", {"login": "081299999999"})
    assert known == unknown
    assert {sms.recipient for sms in inbox()} == {"+6281234567890", "+6281299999999"}


def test_signing_up_looks_the_same(region, citizen, client_for) -> None:
    path = "/accounts/signup/"
    taken = walk(client_for(region), path, {"name": "Ani", "contact": citizen.email})
    free = walk(client_for(region), path, {"name": "Ani", "contact": "baru@contoh.test"})
    assert taken == free
    assert not re.search(r"\b\d{6}\b", mail.outbox[0].body), "the owner is told, without a code"


def test_signing_up_by_phone_looks_the_same(region, make_user, client_for, inbox) -> None:
    make_user(city=region, phone="+6281234567890", phone_verified=True)
    path = "/accounts/signup/"
    taken = walk(client_for(region), path, {"name": "Ani", "contact": "081234567890"})
    free = walk(client_for(region), path, {"name": "Ani", "contact": "081288888888"})
    assert taken == free


def test_resetting_a_password_looks_the_same(region, citizen, client_for) -> None:
    path = "/accounts/password/reset/"
    known = walk(client_for(region), path, {"email": citizen.email})
    unknown = walk(client_for(region), path, {"email": "tak-ada@contoh.test"})
    assert known == unknown


def test_a_bad_password_says_the_same(region, citizen, client_for) -> None:
    form = {"password": "bukan-kata-sandinya"}
    known = face(client_for(region).post("/accounts/login/", {"login": citizen.email, **form}))
    unknown = face(client_for(region).post("/accounts/login/", {"login": "t@c.id", **form}))
    assert known == unknown
