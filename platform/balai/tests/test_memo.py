"""Figures that may be a minute old."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, make_dataclass

import pytest
import time_machine
from django.core.cache import cache, caches
from redis.exceptions import ConnectionError as Unreachable

from balai import memo as module
from balai.context import Region, region_context
from balai.memo import memo

STORED = ["memo:figures", "memo:figures:busy"]


@pytest.fixture(autouse=True)
def nothing_kept(in_region: Region) -> Iterator[None]:
    module.forget()
    cache.delete_many(STORED)
    yield
    module.forget()


@pytest.fixture
def counter() -> Callable[[], int]:
    """Return a maker that counts how often it was asked."""
    made = []

    def make() -> int:
        made.append(1)
        return len(made)

    return make


def test_made_once_until_it_is_old(counter: Callable[[], int]) -> None:
    with time_machine.travel("2026-11-25 10:00:00Z", tick=False) as clock:
        assert [memo("figures", 60, counter) for _ in range(3)] == [1, 1, 1]
        clock.shift(61)
        assert [memo("figures", 60, counter) for _ in range(2)] == [2, 2]


def test_another_process_finds_it_in_the_cache(counter: Callable[[], int]) -> None:
    memo("figures", 60, counter)
    module.forget()
    assert memo("figures", 60, counter) == 1


def test_while_one_makes_it_anew_the_others_get_the_old(counter: Callable[[], int]) -> None:
    with time_machine.travel("2026-11-25 10:00:00Z", tick=False) as clock:
        memo("figures", 60, counter)
        clock.shift(61)
        inner = []

        def slow() -> int:
            inner.append(memo("figures", 60, counter))  # somebody asks in the meantime
            return 99

        assert memo("figures", 60, slow) == 99
        assert inner == [1]
        assert memo("figures", 60, counter) == 99


def test_what_is_not_worth_keeping_is_made_each_time(counter: Callable[[], int]) -> None:
    assert [memo("figures", 60, counter, keep=lambda n: n > 2) for _ in range(5)] == [1, 2, 3, 3, 3]


def test_regions_do_not_share(counter: Callable[[], int], other_region: Region) -> None:
    assert memo("figures", 60, counter) == 1
    with region_context(other_region):
        cache.delete_many(STORED)
        assert memo("figures", 60, counter) == 2
    assert memo("figures", 60, counter) == 1


def test_made_once_while_the_cache_is_down(
    counter: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*args: object, **kwargs: object) -> None:
        raise Unreachable

    monkeypatch.setattr(type(caches["default"]._cache), "get_client", unreachable)
    assert cache.get(STORED[0]) is None
    assert [memo("figures", 60, counter) for _ in range(3)] == [1, 1, 1]


@dataclass(frozen=True, slots=True)
class Figures:
    """What an old version kept."""

    total: int
    open: int


def test_figures_of_an_older_version_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert memo("figures", 60, lambda: {"all": [Figures(3, 1)]}) == {"all": [Figures(3, 1)]}
    module.forget()
    assert memo("figures", 60, dict) == {"all": [Figures(3, 1)]}
    module.forget()
    newer = make_dataclass("Figures", ["open", "late", "total"], frozen=True, slots=True)
    newer.__module__ = __name__
    monkeypatch.setitem(globals(), "Figures", newer)
    assert memo("figures", 60, dict) == {}


def test_figures_of_a_class_that_is_gone_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    memo("figures", 60, lambda: Figures(3, 1))
    module.forget()
    monkeypatch.delitem(globals(), "Figures")
    assert memo("figures", 60, dict) == {}
