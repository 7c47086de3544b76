"""How many calls a key has left this minute; counted in the cache, and without one not at all."""

import time
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.http import HttpResponseBase

WINDOW: Final = 60
"""Seconds. Windows begin with the clock's minute, the same for every process."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Where a key stands: its calls a minute, how many are left, and seconds until all are back."""

    limit: int
    remaining: int
    reset: int

    @property
    def used_up(self) -> bool:
        """Whether this call is one too many."""
        return self.remaining < 0

    def headers(self) -> dict[str, str]:
        """Return what the caller is told (draft-ietf-httpapi-ratelimit-headers-06, RFC 9110)."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.remaining, 0)),
            "RateLimit-Reset": str(self.reset),
        }
        return told | ({"Retry-After": str(self.reset)} if self.used_up else {})

    def stamp(self, response: HttpResponseBase) -> None:
        """Write the headers into an answer."""
        for name, value in self.headers().items():
            response.headers[name] = value


def take(key_id: int, per_minute: int) -> Quota:
    """Count one call of a key and return where it stands now."""
    now = time.time()
    name = f"api:key:{key_id}:{int(now) // WINDOW}"
    cache.add(name, 0, timeout=2 * WINDOW)
    try:
        calls = int(cache.incr(name))
    except ValueError:  # it ran out between the two calls
        calls = 1
    return Quota(per_minute, per_minute - calls, WINDOW - int(now) % WINDOW)
