"""Signing keys, signing out, and tokens that are over."""

from datetime import timedelta

import jwt
import pytest
from allauth.idp.oidc.models import Token
from django.utils import timezone

from balai.context import region_context
from balai.signon import keys, tasks
from balai.signon.models import SigningKey
from balai.signon.tests.flows import AFTER, signed, userinfo

pytestmark = pytest.mark.django_db


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
