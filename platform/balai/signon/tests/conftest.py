"""Signing keys are made once for all tests: the search for primes is most of their time."""

from itertools import cycle

import pytest
from allauth.account.models import EmailAddress

from balai.context import region_context
from balai.signon import keys
from balai.signon.tests.flows import registered


@pytest.fixture(scope="session")
def some_keys() -> "cycle[str]":
    """Five real keys, in turns, so that two cities and two generations have different ones."""
    return cycle([keys._generated() for _ in range(5)])


@pytest.fixture(autouse=True)
def quick_keys(some_keys: "cycle[str]", monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the next of them instead of making one."""
    monkeypatch.setattr(keys, "_generated", lambda: next(some_keys))


@pytest.fixture
def rp(region):
    return registered(region)


@pytest.fixture
def citizen(region, make_user):
    user = make_user(
        city=region, name="Siti Aminah", email="siti@contoh.test", phone="+6281234500001"
    )
    with region_context(region):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def browser(region, citizen, client_for):
    return client_for(region, citizen)


@pytest.fixture
def program(region, client_for):
    return client_for(region, enforce_csrf_checks=True)
