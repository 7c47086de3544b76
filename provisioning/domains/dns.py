"""What the DNS says of a domain, asked of real name servers (RFC 1035)."""

from enum import StrEnum
from typing import Final

import dns.exception
import dns.resolver
from django.conf import settings

SECONDS: Final = 4.0
KEY: Final = "balai="
MOST: Final = 50  # records looked at; nobody needs more


class Problem(StrEnum):
    """Why a proof did not hold; "" when it did."""

    NONE = ""
    MISSING = "missing"
    OTHER = "other"
    SILENT = "silent"
    TAKEN = "taken"


def proof(record: str, token: str) -> Problem:
    """Look for ``balai=<token>`` among the TXT records of ``record``."""
    try:
        answer = _resolver().resolve(record, "TXT", search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return Problem.MISSING
    except dns.exception.DNSException:  # time-out, SERVFAIL, a name that cannot be asked
        return Problem.SILENT
    texts = [b"".join(item.strings).strip() for item in list(answer)[:MOST]]
    return Problem.NONE if f"{KEY}{token}".encode() in texts else Problem.OTHER


def addresses(name: str) -> frozenset[str]:
    """Return the IPv4 and IPv6 addresses of a name, through CNAMEs; none when it has none."""
    found: set[str] = set()
    for kind in ("A", "AAAA"):
        try:
            answer = _resolver().resolve(name, kind, search=False)
        except dns.exception.DNSException:
            continue
        found |= {item.address for item in answer}
    return frozenset(found)


def _resolver() -> dns.resolver.Resolver:
    """Return a resolver without a cache: BALAI_DNS_SERVERS ("ip" or "ip:port"), or the system's."""
    given: list[str] = settings.DNS_SERVERS
    resolver = dns.resolver.Resolver(configure=not given)
    resolver.lifetime = resolver.timeout = SECONDS
    if given:
        resolver.nameservers = [item.partition(":")[0] for item in given]
        resolver.port = int(given[0].partition(":")[2] or 53)
    return resolver
