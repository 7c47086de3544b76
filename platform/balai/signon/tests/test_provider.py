"""The provider from an app's side: codes, tokens, consent, keys, signing out."""

from datetime import timedelta

import jwt
import pytest
from allauth.idp.oidc.models import Token
from django.utils import timezone

from balai.accounts import people
from balai.context import region_context
from balai.modules.events import EventData
from balai.signon import clients, keys, receivers, tasks
from balai.signon.models import Grant, SigningKey
from balai.signon.tests.flows import AFTER, CALLBACK, answer, registered, userinfo
from balai.signon.views import protocol

pytestmark = pytest.mark.django_db


@pytest.fixture
def rp(region):
    return registered(region)


@pytest.fixture
def citizen(region, make_user):
    from allauth.account.models import EmailAddress

    user = make_user(
        city=region, name="Siti Aminah", email="siti@contoh.test", phone="+6281234500001"
    )
    with region_context(region):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def browser(region, citizen, client_for):
    return client_for(region, citizen)


@pytest.fixture
def program(region, client_for):
    return client_for(region, enforce_csrf_checks=True)


def signed(program, token: str, audience: str) -> dict:
    """Verify an ID token with the published keys and return its claims."""
    found = program.get("/.well-known/jwks.json").json()
    key = jwt.PyJWKSet.from_dict(found)[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience=audience)


def test_discovery_names_the_citys_own_host(region, program) -> None:
    told = program.get("/.well-known/openid-configuration").json()
    assert told["issuer"] == region.base_url
    assert all(
        told[name].startswith(f"{region.base_url}/") for name in told
        if name.endswith(("_endpoint", "_uri"))
    )  # fmt: skip
    assert told["subject_types_supported"] == ["pairwise"]
    assert told["code_challenge_methods_supported"] == ["S256"]


def test_from_consent_to_user_info(region, rp, citizen, browser, program) -> None:
    page = rp.authorize(browser)
    text = page.content.decode()
    assert "Perizinan" in text and 'value="profile"' in text and page["Cache-Control"] == "no-store"
    told = answer(rp.agree(browser, page))
    assert told["state"] == "s1"
    given = rp.exchange(program, told["code"]).json()
    claims = signed(program, given["id_token"], rp.row.pk)
    assert claims["iss"] == region.base_url and claims["nonce"] == "n1"
    person = userinfo(program, given["access_token"]).json()
    assert person == {
        "sub": claims["sub"], "name": "Siti Aminah", "locale": "id-ID",
        "email": "siti@contoh.test", "email_verified": True,
    }  # fmt: skip
    for secret in (str(citizen.pk), citizen.email, citizen.phone, citizen.uuid.hex):
        assert secret not in claims["sub"] or len(secret) < 6
    assert rp.exchange(program, told["code"]).json() == {"error": "invalid_grant"}, (
        "a code is used once"
    )
    assert rp.authorize(browser).status_code == 302, "asked once"
    assert rp.authorize(browser, prompt="consent").status_code == 200
    other = registered(region, "Puskesmas")
    assert other.authorize(browser).status_code == 200, "each app asks by itself"
    given = other.exchange(program, other.code(browser)).json()
    assert userinfo(program, given["access_token"]).json()["sub"] != person["sub"]


def test_a_person_leaves_something_out_or_says_no(rp, browser, program) -> None:
    page = rp.authorize(browser)
    assert answer(rp.agree(browser, page, action="cancel"))["error"] == "access_denied"
    told = answer(rp.agree(browser, page, scopes=["profile", "phone"]))
    given = rp.exchange(program, told["code"]).json()
    assert set(given["scope"].split()) == {"openid", "profile"}, "nothing that was not asked for"
    assert "email" not in userinfo(program, given["access_token"]).json()
    again = answer(rp.authorize(browser))
    assert "email" not in rp.exchange(program, again["code"]).json()["scope"]
    assert rp.authorize(browser, scope="openid phone").headers["Location"].startswith(CALLBACK)


def test_an_app_that_asks_for_less_does_not_lose_what_was_given(rp, browser, program) -> None:
    rp.code(browser)
    assert rp.authorize(browser, scope="openid").status_code == 302
    again = answer(rp.authorize(browser))
    assert "email" in rp.exchange(program, again["code"]).json()["scope"]
    with region_context(rp.city):
        assert Grant.objects.get().scopes == "openid profile email"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "code id_token"}, "unauthorized_client"),
        ({"scope": "openid phone"}, "invalid_scope"),
        ({"prompt": "none"}, "consent_required"),
    ],
)
def test_wrong_requests_are_told_to_the_app(rp, browser, changes, error) -> None:
    response = rp.authorize(browser, **changes)
    assert response.status_code == 302
    assert f"error={error}" in response["Location"]


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://jahat.test/cb"},
        {"redirect_uri": f"{CALLBACK}/../jahat"},
        {"redirect_uri": None},
        {"client_id": "nobody"},
        {"client_id": None},
        {"client_id": "x\0y"},
    ],
)
def test_wrong_addresses_lead_nowhere(rp, browser, changes) -> None:
    response = rp.authorize(browser, **changes)
    assert response.status_code == 400 and "Location" not in response


def test_a_stranger_signs_in_first_and_silently_not_at_all(rp, program) -> None:
    assert rp.authorize(program)["Location"].startswith("/accounts/login/?next=")
    assert "error=login_required" in rp.authorize(program, prompt="none")["Location"]


def test_consent_is_bound_to_the_person_and_csrf(
    region, rp, citizen, browser, make_user, client_for
) -> None:
    page = rp.authorize(browser)
    other = client_for(region, make_user(city=region))
    assert rp.agree(other, page).status_code == 400
    strict = client_for(region, citizen, enforce_csrf_checks=True)
    assert rp.agree(strict, page).status_code == 403
    assert (
        browser.post("/identity/o/authorize", {"request": "x", "action": "grant"}).status_code
        == 400
    )
    posted = browser.post("/identity/o/authorize", {"client_id": rp.row.pk})
    assert posted["Location"].endswith(f"authorize?client_id={rp.row.pk}")


def test_after_our_own_form_a_page_leads_on(rp, browser) -> None:
    rp.code(browser)
    url = f"/identity/o/authorize?{rp.query()}"
    assert browser.get(url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 302
    page = browser.get(url, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 200 and answer(page)["code"]
    assert page["Cache-Control"] == "no-store"


def test_codes_need_their_verifier_address_and_app(region, rp, browser, program) -> None:
    other = registered(region, "Lain")
    for changes in (
        {"code_verifier": "w" * 50},
        {"redirect_uri": "https://app.contoh.test/x"},
        {"code_verifier": ""},
    ):
        assert rp.exchange(program, rp.code(browser), **changes).status_code in {400, 401}
    assert other.exchange(program, rp.code(browser)).status_code in {400, 401}
    rp.secret = "wrong"
    assert rp.exchange(program, rp.code(browser)).status_code == 401


def test_refresh_tokens_rotate_and_a_stolen_one_ends_all(rp, browser, program, monkeypatch) -> None:
    first = rp.exchange(program, rp.code(browser)).json()
    second = rp.refresh(program, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert rp.refresh(program, first["refresh_token"]).status_code == 400
    assert rp.refresh(program, second["refresh_token"]).status_code == 200, "within the grace"
    third = rp.exchange(program, rp.code(browser)).json()
    fourth = rp.refresh(program, third["refresh_token"]).json()
    monkeypatch.setattr(protocol, "GRACE", timedelta(0))
    assert rp.refresh(program, third["refresh_token"]).status_code == 400
    assert rp.refresh(program, fourth["refresh_token"]).status_code == 400
    assert userinfo(program, fourth["access_token"]).status_code == 401


def test_a_public_app_has_no_secret(region, browser, program) -> None:
    rp = registered(region, "Di peramban", public=True)
    assert rp.secret == ""
    code = rp.code(browser)
    told = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "client_id": rp.row.pk,
    }
    assert program.post("/identity/o/api/token", told).status_code == 400
    code = rp.code(browser)
    given = program.post("/identity/o/api/token", {**told, "code": code, "code_verifier": "v" * 50})
    assert given.status_code == 200


def test_a_stopped_app_is_stopped_everywhere(region, rp, browser, program) -> None:
    given = rp.exchange(program, rp.code(browser)).json()
    code = rp.code(browser)
    with region_context(region):
        clients.disable(client=rp.row, reason="Bocor")
    page = rp.authorize(browser)
    assert page.status_code == 400 and "Perizinan" in page.content.decode()
    assert rp.exchange(program, code).status_code in {400, 401}
    assert rp.refresh(program, given["refresh_token"]).status_code in {400, 401}
    assert userinfo(program, given["access_token"]).status_code == 401
    with region_context(region):
        clients.enable(client=rp.row)
    assert rp.authorize(browser).status_code == 302, "consent was remembered"


def test_a_new_secret_ends_the_old_one(region, rp, browser, program) -> None:
    with region_context(region):
        fresh = clients.new_secret(client=rp.row)
    code = rp.code(browser)
    assert rp.exchange(program, code).status_code == 401
    rp.secret = fresh
    assert rp.exchange(program, rp.code(browser)).status_code == 200


def test_taking_consent_back_keeps_what_the_app_calls_the_person(
    region, rp, citizen, browser, program
) -> None:
    given = rp.exchange(program, rp.code(browser)).json()
    before = userinfo(program, given["access_token"]).json()["sub"]
    page = browser.get("/accounts/apps/")
    assert "Perizinan" in page.content.decode()
    with region_context(region):
        subject = Grant.objects.get(user=citizen).subject
    assert browser.get(f"/accounts/apps/{subject}/remove/").status_code == 200
    browser.post(f"/accounts/apps/{subject}/remove/")
    assert userinfo(program, given["access_token"]).status_code == 401
    assert browser.get("/accounts/apps/").status_code == 200
    assert rp.authorize(browser).status_code == 200, "asked again"
    given = rp.exchange(program, rp.code(browser)).json()
    assert userinfo(program, given["access_token"]).json()["sub"] == before
    assert "Perizinan" in browser.get("/accounts/data/").content.decode()


def test_a_closed_account_leaves_no_consent(region, rp, citizen, browser, program) -> None:
    given = rp.exchange(program, rp.code(browser)).json()
    with region_context(region):
        people.close_account(user=citizen)
        assert userinfo(program, given["access_token"]).status_code == 401, "at once"
        event = EventData(0, "accounts.account_closed", "", {"user": citizen.pk}, timezone.now())
        receivers.forget_closed(event)
        assert not Grant.objects.filter(user=citizen).exists()
        assert not Token.objects.filter(user=citizen).exists()


def test_keys_rotate_with_an_overlap(region, rp, browser, program) -> None:
    old = rp.exchange(program, rp.code(browser)).json()["id_token"]
    with region_context(region):
        made = keys.rotate()
        assert keys.rotate() == made, "one at a time"
    assert len(program.get("/.well-known/jwks.json").json()["keys"]) == 2
    still = rp.exchange(program, rp.code(browser)).json()["id_token"]
    assert jwt.get_unverified_header(still) == jwt.get_unverified_header(old), (
        "known before it signs"
    )
    with region_context(region):
        SigningKey.objects.filter(pk=made.pk).update(not_before=timezone.now())
    fresh = rp.exchange(program, rp.code(browser)).json()["id_token"]
    assert jwt.get_unverified_header(fresh)["kid"] != jwt.get_unverified_header(old)["kid"]
    for token in (old, still, fresh):
        signed(program, token, rp.row.pk)
    with region_context(region):
        keys.replace_now(reason="Bocor")
        assert bytes(SigningKey.objects.latest("pk").sealed).find(b"PRIVATE") == -1
    with pytest.raises(KeyError):
        signed(program, fresh, rp.row.pk)
    with region_context(region):
        SigningKey.objects.update(not_before=timezone.now() - keys.AGE - timedelta(1))
        SigningKey.objects.filter(expires_at__isnull=False).update(
            expires_at=timezone.now() - timedelta(9)
        )
        tasks.rotate_old_keys()
        assert SigningKey.objects.count() == 2


def test_signing_out_of_the_app_asks_about_the_city(region, rp, browser, program) -> None:
    given = rp.exchange(program, rp.code(browser)).json()
    told = {"id_token_hint": given["id_token"], "post_logout_redirect_uri": AFTER, "state": "z"}
    page = browser.get("/identity/o/logout", told)
    assert page.status_code == 200 and browser.get("/accounts/").status_code == 200
    done = browser.post(
        "/identity/o/logout", {**told, "action": "logout", "csrfmiddlewaretoken": "x"}
    )
    assert f"{AFTER}?state=z" in done.content.decode()
    assert browser.get("/accounts/").status_code == 302
    assert userinfo(program, given["access_token"]).status_code == 401
    wrong = {**told, "post_logout_redirect_uri": "https://jahat.test/"}
    assert browser.get("/identity/o/logout", wrong).status_code == 400


def test_revoked_and_old_tokens_are_gone(region, rp, browser, program) -> None:
    given = rp.exchange(program, rp.code(browser)).json()
    told = {"token": given["refresh_token"], "token_type_hint": "refresh_token"}
    assert program.post("/identity/o/api/revoke", told, headers=rp.basic()).status_code == 200
    assert rp.refresh(program, given["refresh_token"]).status_code == 400
    with region_context(region):
        Token.objects.update(expires_at=timezone.now() - timedelta(1))
        assert tasks.forget_tokens() == Token.objects.count() + 1
    assert userinfo(program, given["access_token"]).status_code == 401
