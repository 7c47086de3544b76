"""The provider from an app's side: codes, tokens, consent, keys, signing out."""

from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from django.utils import timezone

from balai.accounts import people
from balai.context import region_context
from balai.modules.events import EventData
from balai.signon import clients, receivers
from balai.signon.models import Grant
from balai.signon.tests.flows import CALLBACK, answer, registered, signed, userinfo
from balai.signon.views import protocol

pytestmark = pytest.mark.django_db


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


def test_a_closed_account_leaves_no_consent(region, rp, citizen, browser, program) -> None:
    given = rp.exchange(program, rp.code(browser)).json()
    with region_context(region):
        people.close_account(user=citizen)
        assert userinfo(program, given["access_token"]).status_code == 401, "at once"
        event = EventData(0, "accounts.account_closed", "", {"user": citizen.pk}, timezone.now())
        receivers.forget_closed(event)
        assert not Grant.objects.filter(user=citizen).exists()
        assert not Token.objects.filter(user=citizen).exists()
