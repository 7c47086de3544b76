"""I-09: every token of signing in, minted in one city, is worth nothing in the other.

Both cities have the same people: equal addresses, equal keys, equal references. A token that
carried only those would be accepted next door.
"""

import re
import uuid
from collections.abc import Callable
from copy import deepcopy

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing as bare_signing
from django.core.cache import caches
from django.db import connection

from balai import signing
from balai.accounts import services, signin_links
from balai.accounts.members import invitations
from balai.accounts.members.models import Invitation
from balai.accounts.models import User
from balai.context import Region, platform, region_context

pytestmark = pytest.mark.django_db
EMAIL = "kembar@contoh.test"
REFERENCE = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test with no attempts counted."""
    for name in ("default", "global"):
        monkeypatch.setattr(caches[name], "key_prefix", uuid.uuid4().hex)


@pytest.fixture
def twins(region: Region, other_region: Region) -> tuple[User, User]:
    """The same person in both cities, to the last column."""
    made = []
    for city in (region, other_region):
        with region_context(city):
            user = User(pk=4711, uuid=REFERENCE, email=EMAIL, name="Kembar")
            user.set_unusable_password()
            user.password = "!same"
            user.save(force_insert=True)
            EmailAddress.objects.create(
                pk=4711, user=user, email=EMAIL, verified=True, primary=True
            )
            made.append(user)
    return made[0], made[1]


def last_code() -> str:
    return re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def signed_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


def carry(source, target) -> None:
    """Give ``target`` all of ``source``'s cookies, as a thief or a tossed cookie would."""
    target.cookies = deepcopy(source.cookies)


def link_token(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def test_i09_login_code(region, other_region, twins, client_for) -> None:
    at_a, at_b = client_for(region), client_for(other_region)
    at_a.post("/accounts/login/", {"login": EMAIL})
    code = last_code()
    carry(at_a, at_b)
    at_b.post("/accounts/login/code/confirm/", {"code": code})
    assert not signed_in(at_b)
    fresh = client_for(other_region)
    fresh.post("/accounts/login/", {"login": EMAIL})
    if last_code() != code:
        fresh.post("/accounts/login/code/confirm/", {"code": code})
        assert not signed_in(fresh)
    at_a.post("/accounts/login/code/confirm/", {"code": code})
    assert signed_in(at_a), "control: at home the code is good"


def test_i09_signup_verification_code(region, other_region, client_for) -> None:
    at_a, at_b = client_for(region), client_for(other_region)
    at_a.post("/accounts/signup/", {"name": "Baru", "contact": "baru@contoh.test"})
    code = last_code()
    carry(at_a, at_b)
    at_b.post("/accounts/confirm-email/", {"code": code})
    assert not signed_in(at_b)
    with region_context(other_region):
        assert not User.objects.filter(email="baru@contoh.test").exists()
    at_a.post("/accounts/confirm-email/", {"code": code})
    assert signed_in(at_a), "control"


def test_i09_phone_code(region, other_region, client_for, settings, tmp_path) -> None:
    from balai.notify import demo

    settings.EMAIL_FILE_PATH = tmp_path
    at_a, at_b = client_for(region), client_for(other_region)
    at_a.post("/accounts/signup/", {"name": "Baru", "contact": "081234567890"})
    code = re.findall(r"\d{6}", demo.letters(tmp_path)[0].text)[0]
    carry(at_a, at_b)
    at_b.post("/accounts/phone/verify/", {"code": code})
    assert not signed_in(at_b)
    at_a.post("/accounts/phone/verify/", {"code": code})
    assert signed_in(at_a), "control"


def test_i09_password_reset_code(region, other_region, twins, client_for) -> None:
    at_a, at_b = client_for(region), client_for(other_region)
    at_a.post("/accounts/password/reset/", {"email": EMAIL})
    code = last_code()
    carry(at_a, at_b)
    response = at_b.post("/accounts/password/reset/confirm/", {"code": code})
    assert "complete" not in response.headers.get("Location", "")
    response = at_a.post("/accounts/password/reset/confirm/", {"code": code})
    assert "complete" in response.headers["Location"], "control"


def test_i09_sign_in_link(region, other_region, twins, client_for) -> None:
    with region_context(region):
        token = link_token(services.make_signin_link(twins[0]))
        nonce = User.objects.get(pk=4711).link_nonce
    with region_context(other_region):
        User.objects.filter(pk=4711).update(link_nonce=nonce)
    at_b = client_for(other_region)
    assert at_b.get(f"/accounts/link/{token}/").status_code == 410
    assert at_b.post(f"/accounts/link/{token}/").status_code == 410
    assert not signed_in(at_b)
    at_a = client_for(region)
    at_a.post(f"/accounts/link/{token}/")
    assert signed_in(at_a), "control"


def test_i09_sign_in_link_of_the_platform(region, client_for) -> None:
    with platform():
        operator = services.ensure_user(email="operator@balai.test")
        token = link_token(services.make_signin_link(operator))
    assert client_for(region).post(f"/accounts/link/{token}/").status_code == 410


def test_i09_invitation(region, other_region, client_for) -> None:
    with region_context(region):
        invitation = services.invite(offer=services.Offer("petugas@contoh.test", "admin"))
        token = invitations.renew(invitation)
    # The same row next door, hash and all.
    with region_context(other_region):
        Invitation(
            uuid=invitation.uuid, email=invitation.email, role="admin",
            token_hash=invitation.token_hash, expires_at=invitation.expires_at,
        ).save()  # fmt: skip
    at_b = client_for(other_region)
    assert at_b.get(f"/accounts/invitation/{token}/").status_code == 410
    assert at_b.post(f"/accounts/invitation/{token}/", {"name": "X"}).status_code == 410
    with region_context(other_region):
        assert not User.objects.filter(email="petugas@contoh.test").exists()
    at_a = client_for(region)
    at_a.post(f"/accounts/invitation/{token}/", {"name": "X"})
    assert signed_in(at_a), "control"


def test_i09_csrf_form(region, other_region, twins, client_for) -> None:
    """A form of A, sent to B by the signed-in twin's browser, is refused."""
    at_a = client_for(region, twins[0], enforce_csrf_checks=True)
    at_b = client_for(other_region, twins[1], enforce_csrf_checks=True)
    page = at_a.get("/accounts/").content.decode()
    form = {"name": "Dari A", "language": "id", "csrfmiddlewaretoken": field_of(page)}
    at_b.get("/accounts/")
    assert at_b.post("/accounts/", form).status_code == 403
    with region_context(other_region):
        assert User.objects.get(pk=4711).name == "Kembar"
    assert at_a.post("/accounts/", form).status_code == 302, "control"


def test_i09_session_row_copied_by_hand(region, other_region, twins, client_for) -> None:
    """Even the session's row itself, put into the other city's table, signs nobody in."""
    at_a, at_b = client_for(region, twins[0]), client_for(other_region)
    carry(at_a, at_b)
    with platform(), connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{other_region.schema}".django_session '
            f'SELECT * FROM "{region.schema}".django_session'
        )
    assert signed_in(at_a), "control"
    assert not signed_in(at_b)


@pytest.mark.parametrize("salt", ["accounts.signin-link", "accounts.invitation", "anything"])
def test_i09_signatures_carry_the_region(region, other_region, salt: str) -> None:
    with region_context(region):
        token = signing.dumps(["x"], salt=salt)
        assert signing.loads(token, salt=salt, max_age=60) == ["x"]
    for elsewhere in (lambda: region_context(other_region), platform):
        with elsewhere(), pytest.raises(signing.BadSignature):
            signing.loads(token, salt=salt, max_age=60)
    with pytest.raises(bare_signing.BadSignature):
        bare_signing.loads(token, salt=salt)


def test_i09_links_are_made_for_the_right_host(region, other_region, twins) -> None:
    for city, user in zip((region, other_region), twins, strict=True):
        with region_context(city):
            assert services.make_signin_link(user).startswith(f"{city.base_url}/accounts/link/")
            assert signin_links.base_url() == city.base_url


def field_of(page: str) -> str:
    found: Callable[[str], list[str]] = re.compile(
        r'name="csrfmiddlewaretoken" value="([^"]+)"'
    ).findall
    return found(page)[0]
