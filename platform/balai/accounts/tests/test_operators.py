"""Operators: made on the command line, signed in by a link, at home in their admin."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from typer.testing import CliRunner

from balai.accounts import operators
from balai.accounts.cli import app
from balai.accounts.models import User
from balai.audit.models import Entry
from balai.context import platform, region_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def apex(settings) -> Client:
    return Client(headers={"host": settings.APEX_HOST})


def sign_in(client: Client) -> User:
    """Make an operator and sign them in by their link."""
    with platform():
        url = operators.create(email="operator@balai.test", name="Operator")
    response = client.post(re.sub(r"^https?://[^/]+", "", url))
    assert response.headers["Location"] == "/operations/"
    with platform():
        return User.objects.get(email="operator@balai.test")


def test_the_command_makes_one_and_says_how_to_come_in(db, settings) -> None:
    result = CliRunner().invoke(app, ["operator", "create", "--email", "baru@balai.test"])
    assert result.exit_code == 0, result.output
    assert f"{settings.APEX_HOST}/accounts/link/" in result.output
    with platform():
        assert User.objects.get(email="baru@balai.test").is_superuser
        entry = Entry.objects.get(action="operator.created")
        assert entry.actor_label == "command line"


def test_the_admin_opens_with_a_second_factor_only(apex) -> None:
    user = sign_in(apex)
    led = apex.get("/operator/")
    assert led.headers["Location"].startswith("/accounts/second-factor/")
    with platform():
        assert not user.has_perm("tenants.view_region")
        totp.TOTP.activate(user, totp.generate_totp_secret())
    page = apex.get("/operator/")
    assert page.status_code == 200
    assert b"/operator/accounts/user/" in page.content


def test_operators_are_listed_and_neither_added_changed_nor_deleted_there(apex, settings) -> None:
    settings.SECOND_FACTOR = "never"
    user = sign_in(apex)
    page = apex.get("/operator/accounts/user/").content.decode()
    assert "operator@balai.test" in page
    assert apex.get("/operator/accounts/user/add/").status_code == 403
    assert apex.post(f"/operator/accounts/user/{user.pk}/delete/").status_code == 403
    page = f"/operator/accounts/user/{user.pk}/change/"
    assert apex.get(page).status_code == 200
    assert apex.post(page, {"name": "x", "is_active": ""}).status_code == 403


def test_a_visitor_signs_in_by_our_own_page(apex) -> None:
    response = apex.get("/operator/login/")
    assert response.headers["Location"].startswith("/accounts/login/")


def test_the_admin_is_nowhere_in_a_region(region, make_user, client_for) -> None:
    client = client_for(region, make_user("admin", city=region, is_staff=True, is_superuser=True))
    assert client.get("/operator/").status_code == 404


def test_an_operator_is_nobody_in_a_region(region, apex, client_for, settings) -> None:
    settings.SECOND_FACTOR = "never"
    sign_in(apex)
    visitor = client_for(region)
    visitor.cookies = apex.cookies
    assert visitor.get("/accounts/").status_code == 302
    with region_context(region):
        assert not User.objects.filter(email="operator@balai.test").exists()


def test_a_code_signs_an_operator_in(apex, settings, code_mailed) -> None:
    settings.SECOND_FACTOR = "never"
    sign_in(apex)
    other = Client(headers={"host": settings.APEX_HOST})
    other.post("/accounts/login/", {"login": "operator@balai.test"})
    response = other.post("/accounts/login/code/confirm/", {"code": code_mailed()})
    assert response.headers["Location"] == "/operations/"
