"""The cache: every key carries its region, and a cache that is down is only an empty cache."""

import time
from typing import Any, ClassVar, Final

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError, TimeoutError as Silence

from balai import context

log = structlog.get_logger(__name__)
REST: Final = 2.0
"""Seconds for which a server that did not answer in time is not asked again."""


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Return the stored key; raises NoRegionError outside a region and the platform."""
    return f"{key_prefix}:{version}:{context.namespaced(key)}"


def make_global_key(key: str, key_prefix: str, version: int) -> str:
    """Return a key that all regions share on purpose (rate limits of an address, say)."""
    return f"{key_prefix}:{version}:global:{key}"


class ForgivingCache(RedisCache):
    """Valkey that answers like an empty cache while it cannot be reached.

    Reports and 112 must go on without it; what is kept here can always be made again. One that
    is gone refuses at once; one that hangs would cost every page a time-out for each look: this
    process leaves it alone for a while after the first.
    """

    _silent_until: ClassVar[dict[tuple[str, ...], float]] = {}

    def _try(self, method: str, default: Any, *args: Any, **kwargs: Any) -> Any:
        server = tuple(self._servers)  # type: ignore[attr-defined]  # the stubs leave it out
        if time.monotonic() < self._silent_until.get(server, 0):
            return default
        try:
            return getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            if isinstance(error, Silence):
                self._silent_until[server] = time.monotonic() + REST
            log.warning("cache_unreachable", method=method, error=type(error).__name__)
            return default

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._try("get", default, key, default, version)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        return bool(self._try("add", True, key, value, timeout, version))

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        self._try("set", None, key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = 300, version: Any = None) -> bool:
        return bool(self._try("touch", False, key, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._try("delete", False, key, version))

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        return dict(self._try("get_many", {}, keys, version))

    def set_many(self, data: Any, timeout: Any = 300, version: Any = None) -> list[Any]:
        return list(self._try("set_many", [], data, timeout, version) or [])

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._try("delete_many", None, keys, version)

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._try("has_key", False, key, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return int(self._try("incr", delta, key, delta, version))
