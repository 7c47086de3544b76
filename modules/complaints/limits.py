"""How often one address may guess wrongly or send reports; counted per region, in the cache."""

import hashlib
import time

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest

LIMITS = {"track": (30, 600), "report": (300, 600), "follow": (60, 600)}
"""{what: (times, seconds)}: wide, for whole districts share one address behind carriers' NAT.

While the cache is down nothing is counted: intake must go on.
"""


def allow(what: str, request: HttpRequest) -> bool:
    """Count one use by the request's address; tell whether it is within the limit."""
    key, times, seconds = _key(what, request)
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # it ran out between the two calls
        return True


def exhausted(what: str, request: HttpRequest) -> bool:
    """Tell, without counting, whether the request's address has used up its share.

    Tries are not counted per report: strangers could lock its reporter out, and 30^8 secrets
    are out of reach of any number of addresses at this pace.
    """
    key, times, _seconds = _key(what, request)
    return int(cache.get(key) or 0) >= times


def _key(what: str, request: HttpRequest) -> tuple[str, int, int]:
    times, seconds = LIMITS[what]
    digest = hashlib.sha256(get_ip(request).encode()).hexdigest()[:32]
    return f"complaints:{what}:{int(time.time() // seconds)}:{digest}", times, seconds
