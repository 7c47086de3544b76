"""Refusals that come without a body get the region's page."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse

from balai.ui.middleware import ErrorPageMiddleware


def through(response, request):
    return ErrorPageMiddleware(lambda _: response)(request)


@pytest.mark.parametrize("status", [405, 413, 429, 503])
def test_an_empty_refusal_becomes_a_page(city, ask, status):
    answer = through(HttpResponse(status=status, headers={"Retry-After": "7"}), ask())
    assert answer.status_code == status
    assert answer["Retry-After"] == "7"
    assert b'href="tel:112"' in answer.content


def test_what_is_allowed_is_still_told(city, ask):
    assert through(HttpResponseNotAllowed(["GET"]), ask())["Allow"] == "GET"


@pytest.mark.parametrize(
    "response", [JsonResponse({"detail": "x"}, status=429), HttpResponse("own words", status=503)]
)
def test_a_refusal_with_words_of_its_own_is_left_alone(city, ask, response):
    assert through(response, ask()) is response


def test_an_empty_answer_that_is_no_refusal_is_left_alone(city, ask):
    assert through(HttpResponse(status=204), ask()).content == b""


def test_a_real_refusal_by_a_view(region, client_for, settings):
    settings.ROOT_URLCONF = "balai.urls_region"
    answer = client_for(region).get("/language/")
    assert answer.status_code == 405
    assert "Caranya bukan begini" in answer.content.decode()
