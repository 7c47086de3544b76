"""One spelling for a host name, whatever the client wrote."""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings

LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
NAME: Final = re.compile(rf"{LABEL}(?:\.{LABEL})*\Z")
PORT: Final = re.compile(r"[0-9]{1,5}\Z")
MAX_LENGTH: Final = 253


class BadHostError(ValueError):
    """Raised for a Host header that no browser sends."""


@dataclass(frozen=True, slots=True)
class Host:
    """A normalised host: lower case, IDNA, no trailing dot; the port as text, or ""."""

    name: str
    port: str = ""

    def __str__(self) -> str:
        return f"{self.name}:{self.port}" if self.port else self.name


@lru_cache(maxsize=4096)
def normalise(raw: str) -> Host:
    """Return the one spelling of ``raw``, a Host header as WSGI gives it (latin-1 text).

    Raises:
        BadHostError: for user info, two hosts, a bad port, control characters, a bad name.
    """
    if raw.startswith("["):
        name, bracket, rest = raw.partition("]")
        return Host(_ipv6(name[1:], bracket), _port(rest) if rest else "")
    name, colon, port = raw.partition(":")
    return Host(normalise_name(_utf8(name)), _port(colon + port) if colon else "")


def normalise_name(name: str) -> str:
    """Return a domain name in lower case and IDNA without its trailing dot.

    Raises:
        BadHostError: when it is not one.
    """
    name = name.removesuffix(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError as error:
            raise BadHostError("not an international domain name") from error
    name = name.lower()
    if len(name) > MAX_LENGTH or not NAME.match(name):
        raise BadHostError("not a host name")
    return name


def apex() -> Host:
    """Return the platform's own host."""
    return normalise(settings.APEX_HOST)


def with_port(name: str) -> str:
    """Return ``name`` with the port the deployment is reached at."""
    return str(Host(name, apex().port))


def _port(text: str) -> str:
    port = text.removeprefix(":")
    if text == port or not PORT.match(port) or not 0 < int(port) < 65536:
        raise BadHostError("not a port")
    return str(int(port))


def _ipv6(address: str, bracket: str) -> str:
    try:
        if not bracket or "%" in address:
            raise BadHostError("not an IPv6 address")
        return f"[{ipaddress.IPv6Address(address).compressed}]"
    except ValueError as error:
        raise BadHostError("not an IPv6 address") from error


def _utf8(text: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError as error:
        raise BadHostError("not text") from error
