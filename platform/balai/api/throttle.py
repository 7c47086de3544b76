"""How often one address may call one region's API."""

import hashlib
import time
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from balai.api import keys
from balai.request import client_ip

WINDOW: Final = 60


class RegionThrottle(BaseThrottle):
    """Count calls per region and address in windows of a minute; keep no address in the cache."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Tell whether this call is within the limit. A cache that is down limits nobody.

        A program with a key has a limit of its own, counted when the key was read.
        """
        if keys.of(request) is not None:
            return True
        window = int(time.time()) // WINDOW
        address = hashlib.sha256(f"{settings.SECRET_KEY}{client_ip(request)}".encode()).hexdigest()
        key = f"api:{window}:{address[:24]}"
        cache.add(key, 0, timeout=2 * WINDOW)
        try:
            return int(cache.incr(key)) <= settings.API_CALLS_PER_MINUTE
        except ValueError:  # it ran out between the two calls
            return True

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return WINDOW - time.time() % WINDOW
