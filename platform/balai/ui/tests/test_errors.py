"""Error pages: in the city's face, with a way out and 112, without any database."""

import pytest
from django.test import override_settings

from balai.ui import errors

HANDLERS = [
    (400, errors.bad_request), (403, errors.forbidden), (404, errors.not_found),
    (405, errors.method_not_allowed), (413, errors.too_large), (429, errors.too_many),
    (503, errors.unavailable),
]  # fmt: skip


@pytest.mark.parametrize(("status", "handler"), HANDLERS)
def test_each_error_has_a_page_with_a_way_out(city, ask, status, handler):
    response = handler(ask("/x/"), None)
    html = response.content.decode()
    assert response.status_code == status
    assert 'href="tel:112"' in html
    assert 'href="/"' in html
    assert "Kota Tangerang" in html
    assert str(errors.WORDS[status].title) in html


def test_500_asks_no_database_and_no_session(city, rf):
    request = rf.get("/x/")  # no user, no session: pytest-django refuses any query here
    response = errors.server_error(request)
    assert response.status_code == 500
    assert "Kota Tangerang" in response.content.decode()


@override_settings(BRAND_PROVIDER="balai.ui.tests.test_errors.broken")
def test_500_stands_even_when_the_brand_fails(city, rf):
    response = errors.server_error(rf.get("/x/"))
    assert 'href="tel:112"' in response.content.decode()


def broken():
    raise RuntimeError("no brand")


def test_on_the_public_site_the_face_is_balais(ask):
    assert "Kota Tangerang" not in errors.not_found(ask("/x/")).content.decode()


def test_a_404_does_not_say_what_was_asked_for(city, ask):
    assert "secretmodule" not in errors.not_found(ask("/secretmodule/")).content.decode()


def test_an_upload_over_the_limit_is_413(city, ask):
    from django.core.exceptions import RequestDataTooBig

    assert errors.bad_request(ask(), RequestDataTooBig()).status_code == 413


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_fragment_gets_a_line_and_no_page(city, ask, headers):
    response = errors.not_found(ask("/x/", headers=headers))
    assert response["Content-Type"].startswith("text/plain")
    assert b"<html" not in response.content


def test_too_many_and_too_busy_say_when_to_come_back(city, ask):
    assert errors.too_many(ask())["Retry-After"] == "60"
    assert errors.unavailable(ask())["Retry-After"] == "5"


def test_a_stale_form_is_explained(city, ask, english):
    assert "open too long" in errors.csrf_failure(ask()).content.decode()
