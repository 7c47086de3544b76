"""How often one address may ask to be written to; counted per region, in the cache."""

import hashlib
import hmac
import time
from typing import Final

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

TIMES, SECONDS = 60, 600
_KEY: Final = "news:follow"


def allow(request: HttpRequest) -> bool:
    """Count one request of the visitor's address; tell whether it is within the limit.

    It is wide, for whole districts share one address behind carriers' NAT.
    """
    secret = settings.SECRET_KEY.encode()
    who = hmac.new(secret, get_ip(request).encode(), hashlib.sha256).hexdigest()[:32]
    key = f"{_KEY}:{int(time.time() // SECONDS)}:{who}"
    cache.add(key, 0, timeout=SECONDS)
    try:
        return int(cache.incr(key)) <= TIMES
    except ValueError:  # it ran out between the two calls
        return True
