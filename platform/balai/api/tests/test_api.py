"""The API: strict, in one shape, closed where its module is off."""

import json
from dataclasses import replace

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings as limits
from schemathesis.specs.openapi.checks import positive_data_acceptance

from balai import context
from balai.api import application, key_services, scopes, views
from balai.api.errors import by_field
from balai.api.guard import guard_for
from tests.dummy.specimen.models import Note


def test_the_description_is_openapi_31_of_this_city(in_region, client_for):
    document = client_for(in_region).get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": f"http://{in_region.host}"}]
    assert "/api/v1/specimen/" in document["paths"]


def test_a_module_that_is_off_is_neither_described_nor_answered(region, client_for, rf):
    without = replace(region, active_modules=region.active_modules - {"specimen"})
    with context.region_context(without):
        request = rf.get("/api/v1/specimen/", headers={"host": region.host})
        assert "/api/v1/specimen/" not in application.schema_for(views.api, request)["paths"]
        match = resolve("/api/v1/specimen/")
        response = match.func(request, *match.args, **match.kwargs)
        assert response.status_code == 404
        assert set(json.loads(response.content)) == {"code", "message", "fields"}


def test_i01_one_city_s_rows_are_not_in_another_s_answers(region, other_region, client_for):
    with context.region_context(region):
        Note.objects.create(text="KENARI")
    here = client_for(region).get("/api/v1/specimen/").content
    there = client_for(other_region).get("/api/v1/specimen/").content
    assert b"KENARI" in here
    assert b"KENARI" not in there


def test_the_description_is_also_a_page_without_foreign_scripts(in_region, client_for):
    page = client_for(in_region).get("/api/v1/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "/api/v1/specimen/" in text
    assert "cdn" not in text
    assert "<script>" not in text


def test_the_page_says_where_a_key_is_needed_and_gives_examples(in_region, client_for):
    client = client_for(in_region)
    client.cookies["balai_language"] = "en"
    text = client.get("/api/v1/docs/").content.decode()
    assert "Needs a key." in text
    assert "A key may be sent" in text
    assert "Lampu jalan mati sejak Minggu malam." in text
    document = client.get("/api/v1/openapi.json").json()
    free = document["paths"]["/api/v1/complaints/reports"]["post"]["security"]
    assert free == [{"Bearer": []}, {"KeyHeader": []}, {"OAuth2": []}, {}]


def test_too_many_calls_are_told_when_to_come_back(in_region, other_region, client_for, settings):
    from django.core.cache import cache

    settings.API_CALLS_PER_MINUTE = 3
    cache.clear()
    client = client_for(in_region)
    statuses = [client.get("/api/v1/specimen/").status_code for _ in range(5)]
    refused = client.get("/api/v1/specimen/")
    assert statuses == [200, 200, 200, 429, 429]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused.json()["code"] == "too_many_requests"
    # The other city has a count of its own.
    assert client_for(other_region).get("/api/v1/specimen/").status_code == 200
    cache.clear()


def test_errors_name_the_value_by_its_path():
    found = by_field([{"loc": ("body", "photos", 0), "msg": "too large"}])
    assert found == {"body.photos.0": ["too large"]}


@pytest.fixture
def one_connection():
    """Keep the test's transaction open across requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("keyed", [False, True], ids=["no key", "a key"])
def test_every_operation_keeps_its_description(region, settings, one_connection, keyed):
    """Schemathesis over WSGI: what is described is what is answered, for whatever is sent."""
    settings.API_CALLS_PER_MINUTE = 1_000_000
    application = get_wsgi_application()
    headers = {"Host": region.host}
    if keyed:
        with context.region_context(region):
            rights = [choice.value for choice in scopes.rights()]
            _key, token = key_services.create(
                name="schemathesis", scopes=rights, per_minute=30_000, by=None
            )
        headers["Authorization"] = f"Bearer {token}"
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=headers)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert operations
    for operation in operations:
        for case in _cases(operation):
            # Whether a category exists stands in no schema: refusing one is no broken promise.
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])


def _cases(operation):
    cases = []

    @limits(
        max_examples=15,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def collect(case):
        cases.append(case)

    collect()
    return cases


@pytest.mark.parametrize("token", [False, True])
def test_a_session_s_call_without_its_csrf_token_is_forgery(in_region, settings, token):
    run = guard_for(views.api)(lambda request: HttpResponse("done"))
    secret = "a" * 32
    request = RequestFactory().post("/api/v1/specimen/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.COOKIES[settings.CSRF_COOKIE_NAME] = secret
    if token:
        request.META["HTTP_X_CSRFTOKEN"] = secret
    assert run(request).status_code == (200 if token else 403)
