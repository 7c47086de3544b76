"""How often an address, a phone or the whole region may send; counted per region, in the cache."""

import hashlib
import hmac
import time

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from balai.accounts import phones

LIMITS = {
    "track": (30, 600),
    "report": (300, 600),
    "report_phone": (20, 3600),
    "report_region": (3000, 600),
    "follow": (60, 600),
}
"""{what: (times, seconds)}: wide, for whole districts share one address behind carriers' NAT.

A phone is one person: 20 reports an hour are many. A region's flood is 5 reports a second: a city's
bad day of storms is far below it. While the cache is down nothing is counted: intake must go on.
"""


def allow(what: str, request: HttpRequest) -> bool:
    """Count one use by the request's address; tell whether it is within the limit."""
    return _count(*_key(what, get_ip(request)))


def allow_report(request: HttpRequest, phone: str = "") -> bool:
    """Count one report by address, by phone and for the region; tell whether all are within.

    Over a limit nothing is stored: the caller answers 429 and gives back what was told.
    """
    told = [("report", get_ip(request)), ("report_region", "")]
    known = phones.normalise_or_none(phone) if phone else None
    if known:
        told.append(("report_phone", known))
    return all([_count(*_key(what, who)) for what, who in told])  # each is counted


def exhausted(what: str, request: HttpRequest) -> bool:
    """Tell, without counting, whether the request's address has used up its share.

    Tries are not counted per report: strangers could lock its reporter out, and 30^8 secrets
    are out of reach of any number of addresses at this pace.
    """
    key, times, _seconds = _key(what, get_ip(request))
    return int(cache.get(key) or 0) >= times


def _count(key: str, times: int, seconds: int) -> bool:
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # it ran out between the two calls
        return True


def _key(what: str, who: str) -> tuple[str, int, int]:
    """Return the cache's key, which tells nothing of ``who``: a plain hash of a phone would."""
    times, seconds = LIMITS[what]
    digest = hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]
    return f"complaints:{what}:{int(time.time() // seconds)}:{digest}", times, seconds
