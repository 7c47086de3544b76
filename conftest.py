"""Fixtures of every suite: a real database with two open cities, their people and clients."""

import os
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.db import connections

from balai.context import Region, platform, region_context

PERSON = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long forms to `make soak`."""
    if os.environ.get("BALAI_SOAK"):
        return
    skip = pytest.mark.skip(reason="a long form: make soak runs it")
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Replace pytest-django's migrate-per-run: clone a template made by the real provisioning."""
    from tests.support import database

    name = f"balai_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.clone(database.build_template(), name)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        connections.close_all()
        database.drop(name)


@pytest.fixture(autouse=True)
def fresh_badges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what waits behind a menu entry for every page, so that pages cost the same."""
    from balai.modules import badges

    monkeypatch.setattr(badges, "SECONDS", 0)


@pytest.fixture(autouse=True)
def fresh_directory() -> Iterator[None]:
    """Forget the cached regions: what a test rolled back, the next one must not see."""
    yield
    from tenants import directory

    directory.invalidate()


def _city(slug: str) -> Region:
    from tenants import directory

    with platform():
        region = directory.by_schema(f"r_{slug}")
    assert region is not None
    return region


@pytest.fixture
def region(db: None) -> Region:
    """Kota Tangerang, with every installed module switched on."""
    return _city("tangerang")


@pytest.fixture
def other_region(db: None) -> Region:
    """Kabupaten Purworejo: the city that must never see anything of the first."""
    return _city("purworejo")


@pytest.fixture
def in_region(region: Region) -> Iterator[Region]:
    """Run the test inside Kota Tangerang; everything is rolled back after it."""
    with region_context(region):
        yield region


@pytest.fixture
def make_user(db: None) -> Callable[..., object]:
    """Return a function that makes a user in the active (or given) region, with a role."""

    def make(
        role: str | None = None, agency: object = None, city: Region | None = None, **fields: object
    ):
        from balai.accounts import roles
        from balai.accounts.models import User
        from balai.accounts.services import grant_role
        from balai.directory.models import Agency

        if city is not None:
            with region_context(city):
                return make(role, agency, **fields)
        number = next(PERSON)
        fields.setdefault("email", f"orang{number}@contoh.test")
        fields.setdefault("name", f"Orang {number}")
        user = User.objects.create_user(**fields)
        if role and agency is None and roles.get(role).needs_agency:
            agency = Agency.objects.filter(parent__isnull=False).order_by("pk").first()
        if role:
            grant_role(user=user, role=role, agency=agency)
        return user

    return make


@pytest.fixture
def client_for() -> Callable[..., object]:
    """Return a function that gives a test client of a city, signed in as ``user`` if given."""
    from tests.support.client import CityClient

    def make(city: Region, user: object = None, **defaults: object) -> CityClient:
        client = CityClient(city, **defaults)
        if user is not None:
            client.force_login(user)
        return client

    return make
