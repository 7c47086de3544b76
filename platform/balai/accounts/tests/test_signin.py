"""Signing up and in with a code, by e-mail and by phone."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from balai.accounts.models import User
from balai.context import region_context

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/confirm/"


def who(client) -> str:
    """Return the e-mail address or number on the account page, "" for a visitor."""
    response = client.get("/accounts/")
    return "" if response.status_code == 302 else response.content.decode()


def test_a_mailed_code_signs_in(region, citizen, client_for, code_mailed) -> None:
    client = client_for(region)
    assert client.post(LOGIN, {"login": citizen.email.upper()}).headers["Location"] == CODE
    (sent,) = mail.outbox
    assert sent.to == [citizen.email]
    assert region.name in sent.subject
    page = client.get(CODE).content.decode()
    assert 'name="code"' in page
    assert citizen.email in page
    response = client.post(CODE, {"code": code_mailed()})
    assert response.headers["Location"] == "/"
    assert citizen.email in who(client)


def test_a_wrong_code_may_be_tried_three_times(region, citizen, client_for, code_mailed) -> None:
    client = client_for(region)
    client.post(LOGIN, {"login": citizen.email})
    right = code_mailed()
    wrong = "000000" if right != "000000" else "000001"
    assert client.post(CODE, {"code": wrong}).status_code == 200
    assert client.post(CODE, {"code": wrong}).status_code == 200
    assert client.post(CODE, {"code": wrong}).headers["Location"] == LOGIN
    assert client.post(CODE, {"code": right}).status_code == 302
    assert who(client) == ""


def test_signup_by_phone(region, client_for, inbox) -> None:
    client = client_for(region)
    response = client.post(
        "/accounts/signup/", {"name": "Siti Aminah", "contact": "0812-3456-7890"}
    )
    assert response.headers["Location"] == "/accounts/phone/verify/"
    (sms,) = inbox()
    assert sms.recipient == "+6281234567890"
    assert who(client) == "", "nothing before the code"
    assert 'name="code"' in client.get("/accounts/phone/verify/").content.decode()
    code = re.findall(r"\d{6}", sms.text)[0]
    assert client.post("/accounts/phone/verify/", {"code": code}).status_code == 302
    assert "+6281234567890" in who(client)
    with region_context(region):
        user = User.objects.get(phone="+6281234567890")
    assert (user.name, user.phone_verified, user.email) == ("Siti Aminah", True, None)


def test_signin_by_phone(region, make_user, client_for, inbox) -> None:
    make_user(city=region, email=None, phone="+6281234567890", phone_verified=True)
    client = client_for(region)
    assert client.post(LOGIN, {"login": "0812 3456 7890"}).headers["Location"] == CODE
    code = re.findall(r"\d{6}", inbox()[-1].text)[0]
    client.post(CODE, {"code": code})
    assert "+6281234567890" in who(client)


def test_signup_by_email(region, client_for, code_mailed) -> None:
    client = client_for(region)
    response = client.post("/accounts/signup/", {"name": "Budi", "contact": "Budi@Contoh.Test"})
    assert response.headers["Location"] == "/accounts/confirm-email/"
    assert who(client) == ""
    assert 'name="code"' in client.get("/accounts/confirm-email/").content.decode()
    client.post("/accounts/confirm-email/", {"code": code_mailed()})
    assert "budi@contoh.test" in who(client)
    with region_context(region):
        assert EmailAddress.objects.get(email="budi@contoh.test").verified


def test_a_password_is_optional_and_works(region, citizen, client_for) -> None:
    client = client_for(region, citizen)
    word = "kuda-laut-terbang-7"
    client.post("/accounts/password/set/", {"password1": word, "password2": word})
    visitor = client_for(region)
    assert (
        visitor.post(LOGIN, {"login": citizen.email, "password": "salah-sekali-1"}).status_code
        == 200
    )
    assert who(visitor) == ""
    visitor.post(LOGIN, {"login": citizen.email, "password": word})
    assert citizen.email in who(visitor)


@pytest.mark.parametrize("typed", ["", "halo", "0812", "a@", "@b.id"])
def test_nonsense_is_told_at_the_field(region, client_for, typed: str) -> None:
    response = client_for(region).post(LOGIN, {"login": typed})
    assert response.status_code == 200
    assert response.context["form"].errors["login"]
    assert mail.outbox == []


def test_a_deactivated_account_stays_out(region, citizen, client_for, code_mailed) -> None:
    with region_context(region):
        User.objects.filter(pk=citizen.pk).update(is_active=False)
    client = client_for(region)
    client.post(LOGIN, {"login": citizen.email})
    assert mail.outbox[-1].to == [citizen.email]
    assert re.search(r"\b\d{6}\b", mail.outbox[-1].body) is None
    assert who(client) == ""


def test_the_apex_takes_no_signups(client, settings) -> None:
    response = client.post(
        "/accounts/signup/", {"name": "X", "contact": "x@contoh.test"},
        headers={"host": settings.APEX_HOST},
    )  # fmt: skip
    assert mail.outbox == []
    assert b"code" not in response.content


@pytest.mark.parametrize("target", ["https://jahat.test/", "//jahat.test/", "/\\jahat.test"])
def test_signing_in_leads_nowhere_else(region, citizen, client_for, code_mailed, target) -> None:
    client = client_for(region)
    response = client.post(LOGIN, {"login": citizen.email, "next": target})
    response = client.post(response.headers["Location"], {"code": code_mailed(), "next": target})
    assert response.headers["Location"] == "/"


def test_signing_in_leads_back_to_the_page_one_came_from(
    region, citizen, client_for, code_mailed
) -> None:
    client = client_for(region)
    response = client.post(LOGIN, {"login": citizen.email, "next": "/accounts/2fa/"})
    response = client.post(response.headers["Location"], {"code": code_mailed()})
    assert response.headers["Location"] == "/accounts/2fa/"
