"""My account: profile, sessions, data, the end."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from balai.accounts import services
from balai.accounts.models import User
from balai.context import region_context
from balai.outbox.models import Event
from balai.privacy import subjects
from balai.privacy.person import Person

pytestmark = pytest.mark.django_db


def test_a_visitor_is_asked_to_sign_in(region, client_for) -> None:
    response = client_for(region).get("/accounts/")
    assert response.headers["Location"] == "/accounts/login/?next=/accounts/"


def test_name_and_language(region, citizen, client_for) -> None:
    client = client_for(region, citizen)
    client.post("/accounts/", {"name": "Nama Baru", "language": "en"})
    page = client.get("/accounts/").content.decode()
    assert "Nama Baru" in page
    assert "My account" in page
    bad = client.post("/accounts/", {"name": "X", "language": "xx"})
    assert bad.status_code == 422


def test_signing_out_everywhere_keeps_this_device(region, citizen, client_for) -> None:
    here, there = client_for(region, citizen), client_for(region, citizen)
    assert there.get("/accounts/").status_code == 200
    here.post("/accounts/sign-out-everywhere/")
    assert here.get("/accounts/").status_code == 200
    assert there.get("/accounts/").status_code == 302


def test_the_export_holds_what_is_stored_and_nobody_else(region, citizen, make_user) -> None:
    make_user(city=region, name="Orang Lain", email="lain@contoh.test")
    with region_context(region):
        data = subjects.collect(Person(user=citizen))
    assert data["accounts"]["reference"] == str(citizen.uuid)
    assert data["accounts"]["email_addresses"] == [
        {"email": citizen.email, "verified": True, "primary": True}
    ]
    assert "lain@contoh.test" not in str(data)
    assert "password" not in str(data)


def test_closing_an_account_erases_the_person(region, citizen, client_for) -> None:
    with region_context(region):
        services.grant_role(user=citizen, role="viewer")
        Authenticator.objects.create(user=citizen, type="totp", data={"secret": "x"})
    client = client_for(region, citizen)
    with region_context(region):
        services.close_account(user=citizen)
    assert client.get("/accounts/").status_code == 302
    with region_context(region):
        gone = User.objects.get(pk=citizen.pk)
        assert (gone.name, gone.email, gone.phone, gone.is_active) == ("", None, None, False)
        assert gone.uuid == citizen.uuid
        assert not EmailAddress.objects.filter(user=gone).exists()
        assert not Authenticator.objects.filter(user=gone).exists()
        assert not gone.memberships.exists()
        event = Event.objects.get(topic="accounts.account_closed")
        assert event.key == str(citizen.uuid)


def test_the_address_of_a_closed_account_is_free_again(region, citizen) -> None:
    address = citizen.email
    with region_context(region):
        services.close_account(user=citizen)
        assert services.ensure_user(email=address).pk != citizen.pk


def test_the_last_admin_cannot_leave(region, make_user) -> None:
    with region_context(region):
        for user in User.objects.filter(memberships__role="admin"):
            user.memberships.all().delete()
    admin = make_user("admin", city=region)
    with region_context(region):
        assert User.objects.get(pk=admin.pk).is_active
        with pytest.raises(ValidationError):
            services.deactivate(user=admin)
        second = services.ensure_user(email="kedua@contoh.test")
        services.grant_role(user=second, role="admin")
        services.deactivate(user=admin)
        with pytest.raises(ValidationError):
            services.close_account(user=second)


def test_changing_the_address_needs_its_code(region, citizen, client_for, code_mailed) -> None:
    client = client_for(region, citizen)
    client.post("/accounts/email/", {"email": "baru@contoh.test", "action_add": ""})
    with region_context(region):
        assert User.objects.get(pk=citizen.pk).email == citizen.email
    client.post("/accounts/confirm-email/", {"code": code_mailed()})
    with region_context(region):
        assert User.objects.get(pk=citizen.pk).email == "baru@contoh.test"


def test_adding_a_phone_needs_its_code(region, citizen, client_for, inbox) -> None:
    client = client_for(region, citizen)
    client.post("/accounts/phone/change/", {"phone": "0812 3456 7890"})
    with region_context(region):
        assert User.objects.get(pk=citizen.pk).phone is None
    client.post("/accounts/phone/verify/", {"code": inbox()[-1].text[:6]})
    with region_context(region):
        user = User.objects.get(pk=citizen.pk)
    assert (user.phone, user.phone_verified) == ("+6281234567890", True)


@pytest.mark.parametrize("path", [
    "/accounts/", "/accounts/email/", "/accounts/phone/change/", "/accounts/2fa/",
    "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/",
    "/accounts/password/set/", "/accounts/second-factor/",
    "/accounts/logout/",
])  # fmt: skip
def test_every_page_of_the_account_opens_in_our_own_clothes(
    region, citizen, client_for, path: str
) -> None:
    response = client_for(region, citizen).get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="selvedge"' in page, "the region's layout, not the library's"
    assert region.name in page


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "inactive/"])
def test_every_entrance_opens_in_our_own_clothes(region, client_for, path: str) -> None:
    page = client_for(region).get(f"/accounts/{path}").content.decode()
    assert 'class="selvedge"' in page
