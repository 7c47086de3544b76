"""Short-lived tokens (RFC 6749, 4.4): narrower than their key, of one region, gone with it."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from balai.api import key_services, tokens
from balai.audit.models import Entry
from balai.context import region_context

TOKEN, NOTES, SCOPE = "/api/v1/oauth/token", "/api/v1/specimen/", "specimen:write"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def key(in_region):
    return key_services.create(name="Aplikasi", scopes=[SCOPE], per_minute=60, by=None)


def ask(client, key, secret, **form):
    body = {"grant_type": "client_credentials", "client_id": key.prefix, **form}
    if secret is not None:
        body["client_secret"] = secret
    text = "&".join(f"{name}={value}" for name, value in body.items() if value is not None)
    return client.post(TOKEN, text, content_type=FORM)


def write(client, token):
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(NOTES, {"text": "x"}, content_type="application/json", headers=headers)


def test_a_key_is_exchanged_for_a_token_that_ends_and_dies_with_it(key, in_region, client_for):
    row, secret = key
    client = client_for(in_region)
    answer = ask(client, row, secret)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 900, SCOPE)
    assert write(client, told["access_token"]).status_code == 201
    assert Entry.objects.filter(action="api.token_issued", target=row.prefix).count() == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=901), tick=False):
        assert write(client, told["access_token"]).status_code == 401
    key_services.revoke(key=row)
    assert write(client, told["access_token"]).status_code == 401
    assert ask(client, row, secret).json() == {"error": "invalid_client"}


def test_the_header_works_as_well_and_never_both(key, in_region, client_for):
    row, secret = key
    basic = base64.b64encode(f"{row.prefix}:{secret}".encode()).decode()
    client = client_for(in_region)
    headers = {"Authorization": f"Basic {basic}"}
    plain = "grant_type=client_credentials"
    assert client.post(TOKEN, plain, content_type=FORM, headers=headers).status_code == 200
    both = client.post(TOKEN, f"{plain}&client_secret=x", content_type=FORM, headers=headers)
    assert (both.status_code, both.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"scope": "complaints:read"}, 400, "invalid_scope"),
        ({"client_secret": "balai_12345678_x"}, 401, "invalid_client"),
        ({"client_id": "00000000"}, 401, "invalid_client"),
        ({"client_id": "%C3%A9"}, 401, "invalid_client"),
    ],
)
def test_refusals_are_those_of_the_standard(key, in_region, client_for, form, status, error):
    answer = ask(client_for(in_region), key[0], form.pop("client_secret", key[1]), **form)
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert ("WWW-Authenticate" in answer) == (status == 401)


def test_a_token_is_narrower_than_its_key_cannot_make_another_and_is_of_one_city(
    key, in_region, other_region, client_for
):
    row, _secret = key
    client = client_for(in_region)
    assert write(client, tokens.issue(row, [])).status_code == 403
    whole = tokens.issue(row, [SCOPE])
    assert ask(client, row, whole).json() == {"error": "invalid_client"}
    assert tokens.read(whole) == (row.prefix, [SCOPE])
    row.refresh_from_db()
    assert row.scopes == [SCOPE]
    with region_context(other_region):
        assert tokens.read(whole) is None
    assert write(client_for(other_region), whole).status_code == 401


def test_the_description_names_the_flow(key, in_region, client_for):
    document = client_for(in_region).get("/api/v1/openapi.json").json()
    flow = document["components"]["securitySchemes"]["OAuth2"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == TOKEN
    assert SCOPE in flow["scopes"]
    assert {"OAuth2": []} in document["paths"][NOTES]["post"]["security"]
