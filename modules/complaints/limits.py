"""How often one address may guess a secret or send reports; counted per region, in the cache."""

import hashlib
import time

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest

LIMITS = {"track": (10, 600), "report": (20, 600)}
"""{what: (times, seconds)}. While the cache is down nothing is counted: intake must go on."""


def allow(what: str, request: HttpRequest) -> bool:
    """Count one try by the request's address; only a hash of it is kept.

    Tries are not counted per report: strangers could lock its reporter out, and 30^8 secrets
    are out of reach of any number of addresses at this pace.
    """
    times, seconds = LIMITS[what]
    digest = hashlib.sha256(get_ip(request).encode()).hexdigest()[:32]
    key = f"complaints:{what}:{int(time.time() // seconds)}:{digest}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # it ran out between the two calls
        return True
