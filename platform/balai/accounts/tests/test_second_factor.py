"""The second factor: required of the privileged where citizens are served, asked for before."""

from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from balai.accounts.models import User
from balai.context import Region, region_context
from balai.directory.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(region: Region) -> Region:
    """The region as if it were open to citizens."""
    return replace(region, state="active")


def protect(user: User) -> str:
    """Give ``user`` an authenticator app; return its secret."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


@pytest.mark.parametrize("state", ["active", "past_due", "restricted", "closing"])
def test_rights_rest_without_one_in_a_live_region(region, make_user, state: str) -> None:
    made = make_user("admin", city=region)
    with region_context(replace(region, state=state)):
        user = User.objects.get(pk=made.pk)
        assert user.lacks_second_factor
        assert not user.has_perm("console.access")
        assert not user.agencies_for("console.access")
        protect(user)
        again = User.objects.get(pk=made.pk)
        assert not again.lacks_second_factor
        assert again.has_perm("console.access")


def test_in_a_trial_it_is_only_asked_for(in_region, make_user) -> None:
    assert in_region.state == "sandbox"
    user = make_user("admin")
    assert user.needs_second_factor
    assert not user.lacks_second_factor
    assert user.has_perm("console.access")


def test_recovery_codes_alone_are_no_second_factor(live, make_user) -> None:
    made = make_user("admin", city=live)
    with region_context(live):
        Authenticator.objects.create(
            user=made, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
        )
        assert User.objects.get(pk=made.pk).lacks_second_factor


def test_an_unprivileged_role_needs_none(live, make_user) -> None:
    made = make_user("viewer", city=live)
    with region_context(live):
        assert not User.objects.get(pk=made.pk).needs_second_factor


@pytest.mark.parametrize(("setting", "state", "enforced"), [
    ("always", "sandbox", True), ("never", "active", False), ("live", "active", True),
    ("live", "sandbox", False),
])  # fmt: skip
def test_it_is_settable(region, make_user, settings, setting, state, enforced) -> None:
    settings.SECOND_FACTOR = setting
    made = make_user("coordinator", city=region)
    with region_context(replace(region, state=state)):
        assert User.objects.get(pk=made.pk).lacks_second_factor is enforced


def test_pages_lead_to_the_second_factor(region, make_user, client_for, settings) -> None:
    settings.SECOND_FACTOR = "always"
    client = client_for(region, make_user("admin", city=region))
    response = client.get("/console/officers/?q=a")
    assert response.headers["Location"] == (
        "/accounts/second-factor/?next=%2Fconsole%2Fofficers%2F%3Fq%3Da"
    )
    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    assert client.post("/accounts/second-factor/", {"next": "/console/"}).status_code == 200


def test_a_page_cannot_be_reached_by_a_post_either(region, make_user, client_for, settings) -> None:
    settings.SECOND_FACTOR = "always"
    client = client_for(region, make_user("admin", city=region))
    response = client.post("/console/officers/invite/", {"contact": "x@c.id", "role": "viewer"})
    assert response.headers["Location"].startswith("/accounts/second-factor/")


def test_in_a_trial_it_may_wait(region, make_user, client_for) -> None:
    client = client_for(region, make_user("admin", city=region))
    asks = "/accounts/second-factor/?next=/console/officers/"
    assert asks in client.get("/console/officers/").content.decode()
    later = client.post("/accounts/second-factor/", {"next": "https://jahat.test/"})
    assert later.headers["Location"] == "/", "never to another site"
    assert asks not in client.get("/console/officers/").content.decode()


def test_the_second_step_is_asked_for_at_sign_in(region, citizen, client_for, code_mailed) -> None:
    with region_context(region):
        secret = protect(citizen)
        stored = Authenticator.objects.get(user=citizen).data["secret"]
    assert secret not in stored, "encrypted at rest"
    client = client_for(region)
    client.post("/accounts/login/", {"login": citizen.email})
    response = client.post("/accounts/login/code/confirm/", {"code": code_mailed()})
    assert response.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/accounts/").status_code == 302, "not signed in yet"
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/"
    assert client.get("/accounts/").status_code == 200


def test_a_secret_is_worth_nothing_in_another_region(region, other_region, citizen) -> None:
    from cryptography.fernet import InvalidToken

    from balai.accounts.mfa_adapter import MFAAdapter

    with region_context(region):
        kept = MFAAdapter().encrypt("rahasia")
        assert MFAAdapter().decrypt(kept) == "rahasia"
    with region_context(other_region), pytest.raises(InvalidToken):
        MFAAdapter().decrypt(kept)


def test_passkeys_are_bound_to_the_citys_host(region, citizen, client_for) -> None:
    response = client_for(region, citizen).get("/accounts/2fa/webauthn/add/")
    options = response.context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"] == {"id": "tangerang.localhost", "name": region.name}


def test_the_app_can_be_set_up(region, citizen, client_for) -> None:
    client = client_for(region, citizen)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    response = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert response.status_code == 302
    with region_context(region):
        assert {a.type for a in Authenticator.objects.filter(user=citizen)} == {
            "totp", "recovery_codes",
        }  # fmt: skip


def test_agency_head_of_a_live_region_sees_nothing_without_one(live, make_user) -> None:
    with region_context(live):
        agency = Agency.objects.create(code="uji-9", name="Dinas", short_name="D")
        user = make_user("agency_head", agency=agency)
        assert user.grants.usable == {}
