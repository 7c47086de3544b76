"""The directory's cache: bounded, aged, and never older than the last invalidation."""

from hypothesis import given, strategies

from tenants.cache import BoundedCache


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_entries_age() -> None:
    clock = Clock()
    cache: BoundedCache[str] = BoundedCache(size=2, clock=clock)
    cache.put("a", "A", cache.generation)
    clock.now += 1.5
    assert cache.get("a", max_age=2) == "A"
    assert cache.get("a", max_age=1) is None


def test_the_least_recently_used_leaves() -> None:
    cache: BoundedCache[str] = BoundedCache(size=2)
    for key in ("a", "b"):
        cache.put(key, key, cache.generation)
    assert cache.get("a", 9)
    cache.put("c", "c", cache.generation)
    assert [cache.get(key, 9) for key in "abc"] == ["a", None, "c"]


def test_what_was_read_before_an_invalidation_is_not_kept_after_it() -> None:
    cache: BoundedCache[str] = BoundedCache(size=2)
    reading_since = cache.generation
    cache.drop(lambda value: False)
    cache.put("a", "old", reading_since)
    assert cache.get("a", 9) is None


@given(strategies.lists(strategies.text(max_size=3), max_size=60))
def test_it_never_grows_beyond_its_size(keys: list[str]) -> None:
    cache: BoundedCache[str] = BoundedCache(size=5)
    for key in keys:
        cache.put(key, key, cache.generation)
    assert len(cache) <= 5
    assert all(cache.get(key, 9) == key for key in list(dict.fromkeys(reversed(keys)))[:5])
