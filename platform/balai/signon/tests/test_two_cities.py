"""I-09: what one city's provider gave is worth nothing at the other's, in every endpoint.

Both cities have the same person and the same app, to the client id and the secret.
"""

import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client, Token

from balai.accounts.models import User
from balai.context import region_context
from balai.signon import grants, keys
from balai.signon.models import Grant, SigningKey
from balai.signon.tests.flows import AFTER, CALLBACK, VERIFIER, Rp, registered, userinfo

pytestmark = pytest.mark.django_db
TWIN = {"pk": 4712, "uuid": "11111111-2222-3333-4444-555555555556", "email": "kembar2@contoh.test"}


@pytest.fixture
def twins(region, other_region, client_for):
    """(app, browser, program) of both cities: same person, same client id, same secret."""
    first, found = registered(region), []
    for city in (region, other_region):
        with region_context(city):
            user = User(**TWIN, name="Kembar", password="!same")
            user.save(force_insert=True)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            if city is other_region:
                keys.ensure()
                Client.objects.bulk_create([first.row])
            rp = Rp(city, Client.objects.get(pk=first.row.pk), first.secret)
        found.append((rp, client_for(city, user), client_for(city, enforce_csrf_checks=True)))
    return found


def test_codes_and_tokens_of_the_other_city(twins) -> None:
    (at_a, browser_a, program_a), (at_b, browser_b, program_b) = twins
    at_b.code(browser_b)
    code = at_a.code(browser_a)
    assert at_b.exchange(program_b, code).json()["error"] == "invalid_grant"
    given = at_a.exchange(program_a, code)
    assert given.status_code == 200, "control"
    tokens = given.json()
    assert userinfo(program_b, tokens["access_token"]).status_code == 401
    assert userinfo(program_b, tokens["id_token"]).status_code == 401
    assert at_b.refresh(program_b, tokens["refresh_token"]).status_code == 400
    told = {"token": tokens["access_token"]}
    program_b.post("/identity/o/api/revoke", told, headers=at_b.basic())
    assert userinfo(program_a, tokens["access_token"]).status_code == 200, "B revoked nothing of A"


def test_a_hint_of_the_other_city_signs_nobody_out(twins) -> None:
    (at_a, browser_a, program_a), (_at_b, browser_b, program_b) = twins
    tokens = at_a.exchange(program_a, at_a.code(browser_a)).json()
    told = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": AFTER}
    done = browser_b.post(
        "/identity/o/logout", {**told, "action": "logout", "csrfmiddlewaretoken": "x"}
    )
    assert AFTER not in done.content.decode() + done.headers.get("Location", "")


def test_a_consent_form_of_the_other_city(twins) -> None:
    (at_a, browser_a, _program_a), (at_b, browser_b, _program_b) = twins
    page = at_a.authorize(browser_a)
    assert at_b.agree(browser_b, page).status_code == 400
    with region_context(at_b.city):
        assert not Grant.objects.filter(user_id=TWIN["pk"]).exists()


def test_rows_copied_by_hand_open_nothing(twins, region, other_region) -> None:
    (at_a, browser_a, program_a), (_at_b, _browser_b, program_b) = twins
    tokens = at_a.exchange(program_a, at_a.code(browser_a)).json()
    with region_context(region):
        rows, signing = list(Token.objects.all()), list(SigningKey.objects.all())
        agreed = list(Grant.objects.all())
    with region_context(other_region):
        Token.objects.bulk_create(rows)
        Grant.objects.bulk_create(agreed)
        assert userinfo(program_b, tokens["access_token"]).status_code == 401
        SigningKey.objects.all().delete()
        SigningKey.objects.bulk_create(signing)
    with pytest.raises(Exception, match="not sealed here"):
        program_b.get("/.well-known/jwks.json")


def test_the_other_citys_app_is_unknown(region, other_region, client_for, make_user) -> None:
    rp = registered(region)
    browser = client_for(other_region, make_user(city=other_region))
    assert rp.authorize(browser).status_code == 400
    program = client_for(other_region)
    told = {
        "grant_type": "authorization_code",
        "code": "x",
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    assert program.post("/identity/o/api/token", told, headers=rp.basic()).status_code == 401
    assert (
        program.post("/identity/o/api/revoke", {"token": "x"}, headers=rp.basic()).status_code
        == 401
    )


def test_issuer_keys_and_subjects_differ(twins) -> None:
    (at_a, browser_a, program_a), (at_b, browser_b, program_b) = twins
    told = [
        program.get("/.well-known/openid-configuration").json()["issuer"]
        for program in (program_a, program_b)
    ]
    assert told[0] != told[1]
    kids = [
        program.get("/.well-known/jwks.json").json()["keys"][0]["kid"]
        for program in (program_a, program_b)
    ]
    assert kids[0] != kids[1]
    for rp, browser in ((at_a, browser_a), (at_b, browser_b)):
        rp.code(browser)
    subjects = []
    for rp in (at_a, at_b):
        with region_context(rp.city):
            subjects.append(grants.of(User.objects.get(pk=TWIN["pk"]), rp.row).subject)
    assert subjects[0] != subjects[1]
