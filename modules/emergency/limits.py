"""How often one network or one call may do something; counted per region, in the cache.

No limit stops a press of the panic button: over it the press is taken like any other and the
dispatcher reads that many came from one network. While the cache is down nothing is counted.
"""

import hashlib
import hmac
import time
from typing import Final

from django.conf import settings
from django.core.cache import cache

LIMITS: Final = {"press": (10, 600), "say": (20, 600)}
"""{what: (times, seconds)}: whole districts share one address behind carriers' NAT."""


def over(what: str, who: str) -> bool:
    """Count one use of ``what`` by ``who``; tell whether it is beyond the usual."""
    times, seconds = LIMITS[what]
    digest = hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]
    key = f"emergency:{what}:{int(time.time() // seconds)}:{digest}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) > times
    except ValueError:  # it ran out between the two calls, or the cache is down
        return False
