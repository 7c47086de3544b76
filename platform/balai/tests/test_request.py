"""What surrounds a request: its id, its language."""

import pytest

pytestmark = pytest.mark.django_db


def test_request_id_is_kept_if_sane_and_made_if_not(region, client_for) -> None:
    client = client_for(region)
    kept = client.get("/offline/", headers={"x-request-id": "abc-12345"})
    assert kept["X-Request-ID"] == "abc-12345"
    forged = client.get("/offline/", headers={"x-request-id": "a b\nc"})
    assert len(forged["X-Request-ID"]) == 32


def test_a_city_speaks_indonesian_until_told_otherwise(region, client_for) -> None:
    client = client_for(region)
    first = client.get("/offline/", headers={"accept-language": "en"})
    assert first["Content-Language"] == "id"
    client.cookies["balai_language"] = "en"
    assert client.get("/offline/")["Content-Language"] == "en"
    client.cookies["balai_language"] = "xx"
    assert client.get("/offline/")["Content-Language"] == "id"
