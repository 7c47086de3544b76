"""A request's region: set for the request, gone after it, carried by streams."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from balai import context
from balai.context import platform
from tenants import directory
from tenants.models import Domain, Region
from tenants.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whoami_urls")]


@pytest.fixture
def whoami_urls():
    urls = "tests.isolation.whoami"
    with override_settings(ROOT_URLCONF=urls, PUBLIC_SCHEMA_URLCONF=urls):
        yield
    directory.invalidate()


@pytest.fixture
def row(region) -> Region:
    """The region's row; the directory is asked anew after each change of it."""
    with platform():
        return Region.objects.get(pk=region.id)


def change(row: Region, **values: object) -> None:
    with platform():
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    directory.invalidate()


def test_the_context_is_empty_after_every_request(region, other_region) -> None:
    for host in (region.host, other_region.host, "localhost", "nowhere.localhost", "b@d"):
        Client().get("/whoami/", headers={"host": host})
        assert context.current() is None
        client = Client(raise_request_exception=False)
        assert client.get("/fail/", headers={"host": host}).status_code in {400, 404, 500}
        assert context.current() is None


def test_apex_is_the_platform(region) -> None:
    seen = Client().get("/whoami/", headers={"host": "localhost:8000"}).json()
    assert (seen["request"], seen["schema"]) == ("apex", "shared")
    moved = Client().get("/whoami/?a=1", headers={"host": "www.localhost"})
    assert moved["Location"] == "http://localhost:8000/whoami/?a=1"


def test_a_stream_is_read_in_its_own_region(region, other_region) -> None:
    first = Client().get("/stream/", headers={"host": region.host})
    second = Client().get("/stream/", headers={"host": other_region.host})
    chunks = [iter(first.streaming_content), iter(second.streaming_content)]
    seen = [[next(chunk) for chunk in chunks] for _ in range(2)]
    names = [region.schema.encode(), other_region.schema.encode()]
    assert seen == [[name + b" " for name in names], names]
    assert context.current() is None


def test_unknown_hosts_get_a_page_with_a_way_on(region) -> None:
    response = Client().get("/whoami/", headers={"host": "atlantis.localhost"})
    assert response.status_code == 404
    assert b'href="http://localhost:8000' in response.content
    assert b"tel:112" in response.content
    assert "Host" in response["Vary"]


@pytest.mark.parametrize("state", [State.REQUESTED, State.BUILDING])
def test_a_region_that_is_not_there_yet_is_nowhere(region, row, state) -> None:
    change(row, state=state)
    assert Client().get("/whoami/", headers={"host": region.host}).status_code == 404


@pytest.mark.parametrize("state", [State.PAST_DUE, State.RESTRICTED, State.SANDBOX])
def test_money_never_closes_a_region(region, row, state) -> None:
    change(row, state=state)
    assert Client().get("/whoami/", headers={"host": region.host}).status_code == 200


def test_a_closed_region_says_goodbye(region, row) -> None:
    change(row, state=State.CLOSING)
    assert Client().get("/whoami/", headers={"host": region.host}).status_code == 200
    change(row, state=State.CLOSED)
    for path in ("/whoami/", "/accounts/login/", "/emergency/"):
        response = Client().get(path, headers={"host": region.host})
        assert response.status_code == 410
        assert region.name.encode() in response.content
    client = Client()
    client.cookies["balai_language"] = "en"
    response = client.get("/", headers={"host": region.host})
    assert b"This site has closed" in response.content


def test_other_addresses_of_a_region_lead_to_the_primary_one(region, row) -> None:
    with platform():
        Domain.objects.create(tenant=row, domain="kota.localhost", is_primary=False)
    directory.invalidate()
    moved = Client().get("/whoami/?a=1", headers={"host": "kota.localhost:8000"})
    assert (moved.status_code, moved["Location"]) == (302, f"{region.base_url}/whoami/?a=1")
    sent = Client().post("/whoami/", headers={"host": "kota.localhost:8000"})
    assert sent.json()["request"] == region.slug, "what a form sends is not lost"


def test_health_answers_on_any_host() -> None:
    for host in ("10.0.0.7", "nowhere.localhost", "b@d"):
        assert Client().get("/healthz", headers={"host": host}).status_code == 200


def test_forwarded_hosts_are_never_believed() -> None:
    assert settings.USE_X_FORWARDED_HOST is False
