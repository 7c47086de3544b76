"""One-time sign-in links and invitations."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from balai import audit
from balai.accounts import services, signin_links
from balai.accounts.members import invitations
from balai.accounts.members.models import Invitation
from balai.accounts.models import User
from balai.audit.models import Entry
from balai.context import region_context
from balai.directory.models import Agency
from balai.notify.models import Message

pytestmark = pytest.mark.django_db


def path_of(url: str, base: str) -> str:
    assert url.startswith(base)
    return url.removeprefix(base)


@pytest.fixture
def link(region, citizen) -> str:
    with region_context(region):
        return path_of(services.make_signin_link(citizen, "/console/"), region.base_url)


def test_a_link_works_once(region, citizen, client_for, link) -> None:
    client = client_for(region)
    assert client.get(link).status_code == 200, "looking does not use it up"
    assert client.get("/accounts/").status_code == 302
    assert client.post(link).headers["Location"] == "/console/"
    assert client.get("/accounts/").status_code == 200
    assert client_for(region).post(link).status_code == 410
    with region_context(region):
        assert list(
            Entry.objects.filter(action__startswith="account.link").values_list(
                "action", flat=True
            )[:2]
        ) == ["account.link_used", "account.link_made"]
        assert audit.verify() is None


def test_a_new_link_ends_the_old_one(region, citizen, client_for, link) -> None:
    with region_context(region):
        services.make_signin_link(citizen)
    assert client_for(region).post(link).status_code == 410


def test_a_link_ages(region, citizen, client_for) -> None:
    with region_context(region):
        url = services.make_signin_link(citizen, valid_for=timedelta(minutes=15))
    path = path_of(url, region.base_url)
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert client_for(region).get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client_for(region).get(path).status_code == 410


@pytest.mark.parametrize("target", ["https://jahat.test/", "//jahat.test", "javascript:alert(1)"])
def test_a_link_leads_nowhere_else(region, citizen, client_for, target: str) -> None:
    with region_context(region):
        url = services.make_signin_link(citizen, target)
    assert client_for(region).post(path_of(url, region.base_url)).headers["Location"] == "/"


@pytest.mark.parametrize("token", ["x", "a:b:c", "." * 200])
def test_nonsense_is_no_link(region, client_for, token: str) -> None:
    assert client_for(region).get(f"/accounts/link/{token}/").status_code == 410
    assert client_for(region).get(f"/accounts/invitation/{token}/").status_code == 410


def test_a_deactivated_account_has_no_link(region, citizen, client_for, link) -> None:
    with region_context(region):
        services.deactivate(user=citizen)
    assert client_for(region).post(link).status_code == 410


def invited(region, contact: str = "petugas@contoh.test", **offer) -> tuple[Invitation, str]:
    """Return an invitation and the path that its message holds."""
    with region_context(region):
        invitation = services.invite(
            offer=services.Offer(contact, offer.pop("role", "coordinator"), **offer)
        )
        url = Message.objects.latest("pk").context["url"]
    return invitation, path_of(url, region.base_url)


def test_an_invitation_makes_an_account_with_its_role(region, client_for) -> None:
    with region_context(region):
        agency = Agency.objects.create(code="uji-1", name="Dinas Uji", short_name="DU")
    invitation, path = invited(region, role="officer", agency=agency, name="Budi")
    client = client_for(region)
    page = client.get(path).content.decode()
    assert "Dinas Uji" in page
    assert 'value="Budi"' in page
    assert client.post(path, {"name": ""}).status_code == 422
    assert client.post(path, {"name": "Budi Santoso"}).status_code == 302
    with region_context(region):
        user = User.objects.get(email="petugas@contoh.test")
        assert (user.name, user.has_usable_password()) == ("Budi Santoso", False)
        assert EmailAddress.objects.get(user=user).verified
        assert user.grants.roles["officer"].ids == {agency.pk}
    assert "Budi Santoso" in client.get("/accounts/").content.decode()
    assert client_for(region).get(path).status_code == 410, "once only"
    assert invitation.address not in path


def test_an_invitation_finds_the_account_that_is_there(region, citizen, client_for) -> None:
    _, path = invited(region, citizen.email.upper())
    client_for(region).post(path, {"name": "Nama Lain"})
    with region_context(region):
        user = User.objects.get(email=citizen.email)
        assert user.name == citizen.name
        assert user.has_perm("console.access") is False
        assert "coordinator" in user.grants.roles


def test_an_invitation_by_phone(region, client_for) -> None:
    _, path = invited(region, "0812-3456-7890")
    client_for(region).post(path, {"name": "Siti"})
    with region_context(region):
        assert User.objects.get(phone="+6281234567890").phone_verified


def test_an_invitation_ends_by_time_by_revoking_and_by_sending_again(region, client_for) -> None:
    invitation, path = invited(region)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client_for(region).get(path).status_code == 410
    with region_context(region):
        services.resend(invitation=invitation)
    assert client_for(region).get(path).status_code == 410
    with region_context(region):
        again = path_of(Message.objects.latest("pk").context["url"], region.base_url)
    assert client_for(region).get(again).status_code == 200
    with region_context(region):
        services.revoke(invitation=invitation)
        assert client_for(region).get(again).status_code == 410
        with pytest.raises(invitations.InvitationError):
            services.resend(invitation=invitation)


def test_only_the_hash_of_the_token_is_kept(region) -> None:
    invitation, path = invited(region)
    with region_context(region):
        row = Invitation.objects.filter(pk=invitation.pk).values_list()[0]
    assert not any(str(value) in path for value in row if value and len(str(value)) > 20
                   and value != invitation.uuid)  # fmt: skip


def test_nobody_is_invited_twice_for_the_same(region) -> None:
    invited(region)
    with pytest.raises(ValidationError):
        invited(region)


def test_an_operators_link_leads_to_the_apex(db, settings) -> None:
    from balai.accounts import operators
    from balai.context import platform

    with platform():
        url = operators.create(email="Operator@Balai.test")
        assert url.startswith(f"{settings.PUBLIC_SCHEME}://{settings.APEX_HOST}/accounts/link/")
        user = User.objects.get(email="operator@balai.test")
        assert (user.is_staff, user.is_superuser) == (True, True)
        first = user.link_nonce
        operators.create(email="operator@balai.test")
        assert User.objects.get(pk=user.pk).link_nonce != first
        token = re.findall(r"/link/(.+)/$", url)[0]
        with pytest.raises(signin_links.LinkError):
            signin_links.read(token)


def test_operators_are_made_on_the_platform_only(in_region) -> None:
    from balai.accounts import operators
    from balai.context import NoRegionError

    with pytest.raises(NoRegionError):
        operators.create(email="operator@balai.test")
