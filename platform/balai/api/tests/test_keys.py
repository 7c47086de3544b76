"""Keys of other programs: shown once, limited, of one city, gone when revoked."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.api import key_services, keys, quota
from balai.api.models import ApiKey
from balai.audit.models import Entry
from balai.cache import ForgivingCache
from balai.context import platform, region_context
from tests.dummy.specimen.models import Note

URL = "/api/v1/specimen/"
SCOPE = "specimen:write"


@pytest.fixture
def make_key(in_region):
    """Return a function that makes a key and gives it with its token."""

    def make(**told):
        chosen = {"name": "Aplikasi", "scopes": [SCOPE], "per_minute": 60, "by": None, **told}
        return key_services.create(**chosen)

    return make


def write(client, token="", header="Authorization"):
    value = f"Bearer {token}" if header == "Authorization" else token
    headers = {header: value} if token else {}
    return client.post(URL, {"text": "dari luar"}, content_type="application/json", headers=headers)


def test_a_key_opens_its_scope_by_either_header(make_key, in_region, client_for):
    _key, token = make_key()
    client = client_for(in_region)
    assert write(client, token).status_code == 201
    assert write(client, token, "X-API-Key").status_code == 201
    refused = write(client)
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    assert set(refused.json()) == {"code", "message", "fields"}
    assert write(client, token + "x").status_code == 401
    assert write(client, token.replace("balai_", "other_")).status_code == 401


@pytest.mark.parametrize(
    "token", ["balai_", "balai__", "balai_zz\0zzzzz_x", "x" * 5000, "balai_12345678_"]
)
def test_strange_tokens_are_wrong_and_break_nothing(in_region, token):
    assert keys.find(token) is None


def test_only_a_fingerprint_is_stored(make_key):
    key, token = make_key()
    row = ApiKey.objects.filter(pk=key.pk).values().get()
    secret = token.split("_", 2)[2]
    assert secret not in str(row)
    entry = Entry.objects.filter(action="api.key_created").latest("seq")
    assert secret not in f"{entry.before}{entry.after}{entry.target}"
    assert entry.after["scopes"] == [SCOPE]


def test_what_ended_or_lacks_the_right_is_refused(make_key, in_region, client_for):
    client = client_for(in_region)
    old, old_token = make_key(expires_at=timezone.now() + timedelta(minutes=1))
    assert write(client, old_token).status_code == 201
    ApiKey.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert write(client, old_token).status_code == 401
    key, token = make_key()
    key_services.revoke(key=key)
    key_services.revoke(key=key)
    assert write(client, token).status_code == 401
    assert Entry.objects.filter(action="api.key_revoked", target=key.prefix).count() == 1
    _other, token = make_key(scopes=["complaints:report"])
    assert write(client, token).status_code == 403
    assert Note.objects.filter(text="dari luar").count() == 1


def test_i09_a_key_of_one_city_opens_nothing_in_another(
    make_key, in_region, other_region, client_for
):
    _key, token = make_key()
    with platform(), connection.cursor() as cursor:  # even its row, copied by hand
        cursor.execute(
            f'INSERT INTO "{other_region.schema}".api_apikey '
            f'SELECT * FROM "{in_region.schema}".api_apikey'
        )
    assert write(client_for(other_region), token).status_code == 401
    with region_context(other_region):
        assert ApiKey.objects.count() == 1
        assert not Note.objects.filter(text="dari luar").exists()
    assert write(client_for(in_region), token).status_code == 201, "control"


def test_each_key_has_its_own_limit_and_is_told_of_it(make_key, in_region, client_for, settings):
    settings.API_CALLS_PER_MINUTE = 1  # of an address: not for those with a key
    cache.clear()
    client = client_for(in_region)
    (_first, token), (_second, other) = make_key(per_minute=2), make_key(per_minute=2)
    with time_machine.travel("2026-12-01T03:00:10Z", tick=False):
        answers = [write(client, token) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
        assert answers[0]["RateLimit-Limit"] == "2"
        assert answers[2]["Retry-After"] == answers[2]["RateLimit-Reset"] == "50"
        assert "Retry-After" not in answers[0]
        assert write(client, other).status_code == 201
    with time_machine.travel("2026-12-01T03:01:00Z", tick=False):
        assert write(client, token).status_code == 201
    cache.clear()


def test_a_cache_that_is_down_limits_nobody(make_key, monkeypatch):
    key, _token = make_key(per_minute=1)
    monkeypatch.setattr(quota, "cache", ForgivingCache("redis://127.0.0.1:1/0", {}))
    assert not quota.take(key.pk, 1).used_up
    assert not quota.take(key.pk, 1).used_up


def test_use_is_noted_at_most_once_a_minute_and_counted_whole(make_key, in_region, client_for):
    key, token = make_key()
    client = client_for(in_region)
    with time_machine.travel("2026-12-01T03:00:00Z", tick=False):
        for _ in range(3):
            assert write(client, token).status_code == 201
    with time_machine.travel("2026-12-01T03:01:30Z", tick=False):
        cache.delete(f"api:noted:{key.pk}")  # the cache's own clock did not travel
        with CaptureQueriesContext(connection) as seen:
            write(client, token)
            write(client, token)
    notes = [query for query in seen.captured_queries if "UPDATE api_apikey" in query["sql"]]
    assert len(notes) == 1
    with time_machine.travel("2027-01-15T03:00:00Z", tick=False):
        cache.delete(f"api:noted:{key.pk}")
        write(client, token)
        used = dict(key_services.usage(ApiKey.objects.get(pk=key.pk), timezone.now()))
    assert used["2027-01-15"] == 2, "the one of December that was counted after its note, and this"
    assert "2026-12-01" not in ApiKey.objects.get(pk=key.pk).usage, "old days are dropped"


def test_a_cookie_beside_a_key_means_nothing(make_key, in_region, make_user, client_for):
    _key, token = make_key(name="Dishub")
    admin = make_user("admin")
    client = client_for(in_region, admin)
    assert write(client, token).status_code == 201
    entry = Entry.objects.filter(action="specimen.note_written").latest("seq")
    assert (entry.actor_label, entry.actor_uuid) == ("API: Dishub", None)


def test_the_description_says_how_to_send_a_key(in_region, client_for):
    document = client_for(in_region).get("/api/v1/openapi.json").json()
    assert set(document["components"]["securitySchemes"]) == {"Bearer", "KeyHeader", "OAuth2"}
    operations = document["paths"][URL]
    assert operations["post"]["security"] == [{"Bearer": []}, {"KeyHeader": []}, {"OAuth2": []}]
    assert "401" in operations["post"]["responses"]
    assert "security" not in operations["get"]
    assert "401" not in operations["get"]["responses"]


def test_the_console_makes_shows_once_and_revokes(in_region, make_user, client_for):
    admin = client_for(in_region, make_user("admin"))
    assert "No program has a key yet" in english(admin, "/console/api/")
    form = {"name": "Kios RW 05", "rights": [SCOPE], "per_minute": 30, "expires_on": ""}
    made = admin.post("/console/api/new/", form)
    token = re.search(r"balai_[0-9a-f]{8}_[\w-]{43}", made.content.decode()).group()
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    key = keys.find(token)
    assert (key.name, key.scopes, key.per_minute) == ("Kios RW 05", [SCOPE], 30)
    page = english(admin, f"/console/api/keys/{key.prefix}/")
    assert "Write notes" in page
    assert token not in page
    assert "cannot be brought back" in english(admin, f"/console/api/keys/{key.prefix}/revoke/")
    assert admin.post(f"/console/api/keys/{key.prefix}/revoke/").status_code == 302
    assert "Revoked" in english(admin, "/console/api/")
    assert write(client_for(in_region), token).status_code == 401


def test_the_form_refuses_what_makes_no_sense(in_region, make_user, client_for):
    admin = client_for(in_region, make_user("admin"))
    good = {"name": "A", "rights": [SCOPE], "per_minute": 30, "expires_on": ""}
    for wrong in (
        {"name": ""}, {"rights": []}, {"rights": ["no:such"]}, {"per_minute": 0},
        {"per_minute": 100_000}, {"expires_on": "2020-01-01"}, {"expires_on": "besok"},
    ):  # fmt: skip
        assert admin.post("/console/api/new/", {**good, **wrong}).status_code == 422, wrong
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "officer", None])
def test_only_admins_see_keys(in_region, make_user, make_key, client_for, role):
    key, _token = make_key()
    client = client_for(in_region, make_user(role))
    for page in ("", "new/", f"keys/{key.prefix}/", f"keys/{key.prefix}/revoke/", "webhooks/"):
        assert client.get(f"/console/api/{page}").status_code == 403
    assert client_for(in_region).get("/console/api/").status_code == 302


def test_a_list_of_three_costs_as_much_as_one_of_one(in_region, make_user, make_key, client_for):
    admin = client_for(in_region, make_user("admin"))
    admin.get("/console/api/")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_key()
        with CaptureQueriesContext(connection) as seen:
            assert admin.get("/console/api/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def english(client, page):
    client.cookies["balai_language"] = "en"
    return client.get(page).content.decode()
