"""The cache works with Valkey, and like an empty one without."""

import socket
import time

import pytest
from django.core.cache import cache

from balai.cache import ForgivingCache
from balai.context import platform


def test_values_come_back_and_counters_count() -> None:
    with platform():
        cache.delete("counter")
        cache.add("counter", 0)
        assert cache.incr("counter", 2) == 2
        cache.set_many({"a": 1, "b": 2})
        assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
        assert cache.has_key("a")
        cache.delete_many(["a", "b"])
        assert cache.get("a", "gone") == "gone"


def test_a_cache_that_is_down_is_an_empty_cache() -> None:
    params = {"KEY_FUNCTION": "balai.cache.make_global_key", "OPTIONS": {"socket_timeout": 1}}
    down = ForgivingCache("redis://127.0.0.1:1/0", params)
    assert down.get("a", "nothing") == "nothing"
    assert down.add("a", 1) is True
    down.set("a", 1)
    assert down.get_many(["a"]) == {}
    assert down.incr("a", 3) == 3
    assert down.delete("a") is False
    assert down.touch("a") is False
    assert down.set_many({"a": 1}) == []
    assert down.has_key("a") is False
    down.delete_many(["a"])


def test_a_cache_that_hangs_costs_one_time_out_and_not_one_for_each_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ForgivingCache, "_silent_until", {})
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        options = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
        hangs = ForgivingCache(
            at, {"KEY_FUNCTION": "balai.cache.make_global_key", "OPTIONS": options}
        )
        assert hangs.get("a", "nothing") == "nothing"
        began = time.monotonic()
        assert [hangs.get("a", "nothing") for _ in range(50)] == ["nothing"] * 50
        assert time.monotonic() - began < 0.2, "nobody waits again"
        assert hangs.incr("a", 3) == 3
        monkeypatch.setattr(ForgivingCache, "_silent_until", {tuple(hangs._servers): 0.0})
        began = time.monotonic()
        assert hangs.get("a", "nothing") == "nothing"
        assert time.monotonic() - began >= 0.2, "after the rest it is asked again"
