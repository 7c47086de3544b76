"""Signing keys are made once for all tests: the search for primes is most of their time."""

from itertools import cycle

import pytest

from balai.signon import keys


@pytest.fixture(scope="session")
def some_keys() -> "cycle[str]":
    """Five real keys, in turns, so that two cities and two generations have different ones."""
    return cycle([keys._generated() for _ in range(5)])


@pytest.fixture(autouse=True)
def quick_keys(some_keys: "cycle[str]", monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the next of them instead of making one."""
    monkeypatch.setattr(keys, "_generated", lambda: next(some_keys))
