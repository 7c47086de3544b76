"""A region in memory: these tests ask no database."""

from collections.abc import Iterator
from types import MappingProxyType

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from balai.context import Region, region_context

CITY = Region(
    id=1,
    slug="tangerang",
    schema="r_tangerang",
    role="nobody",
    name="Kota Tangerang",
    code="36.71",
    kind="kota",
    timezone="Asia/Jakarta",
    state="active",
    host="tangerang.localhost",
    words=MappingProxyType({"module.complaints": "LAKSA"}),
)


@pytest.fixture
def city() -> Iterator[Region]:
    """Kota Tangerang, active, with no module switched on."""
    with region_context(CITY):
        yield CITY


@pytest.fixture(autouse=True)
def _own_urls(settings):
    settings.ROOT_URLCONF = "balai.ui.tests.urls"


@pytest.fixture
def english() -> Iterator[None]:
    """Words as they stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def ask():
    """Return a function that makes a request of a visitor who is not signed in."""

    def make(path="/", method="get", **options):
        request = getattr(RequestFactory(), method)(path, **options)
        request.user = AnonymousUser()
        return request

    return make
