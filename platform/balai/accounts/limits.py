"""Rate limits over all regions together; allauth keeps its own per region.

Counters live in the cache "global" under hashes, in fixed windows. While the cache is down they
count nothing: signing in must go on, and a code still allows three guesses only.
"""

import hashlib
import time
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest


def allow(action: str, subject: str) -> bool:
    """Count one use of ``action`` by ``subject``; tell whether it is within the limit.

    Args:
        action: a key of ``settings.GLOBAL_RATE_LIMITS``: {action: (times, seconds)}.
        subject: an address, number or IP; only its hash is kept.
    """
    times, seconds = settings.GLOBAL_RATE_LIMITS[action]
    key = _key(action, subject, seconds)
    cache: Any = caches["global"]
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # it ran out between the two calls
        return True


def allow_ip(action: str, request: HttpRequest) -> bool:
    """As :func:`allow`, for the request's IP address (an IPv6 network of 64 bits is one)."""
    return allow(action, get_ip(request))


def allow_code(recipient: str) -> bool:
    """Count one code sent to ``recipient`` (address or number), by the quarter hour and day."""
    return allow("code.recipient", recipient) and allow("code.recipient.day", recipient)


def _key(action: str, subject: str, seconds: int) -> str:
    digest = hashlib.sha256(subject.strip().lower().encode()).hexdigest()[:40]
    return f"limit:{action}:{int(time.time() // seconds)}:{digest}"
