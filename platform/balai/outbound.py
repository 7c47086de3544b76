"""HTTP requests to addresses that people typed in: never into our own network.

The name is resolved once and the connection goes to that very address, so that a name that
changes its mind between check and use gains nothing. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

MAX_ANSWER: Final = 1_000_000


class Refused(OSError):  # noqa: N818  # it reads as what happened
    """Raised for an address that we do not call, or that does not answer properly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


def request(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str],
    timeout: float = 5.0,
    most: int = MAX_ANSWER,
) -> Answer:
    """Send one request and return its answer, whatever its status.

    Args:
        timeout: seconds for connecting, and again for each read.
        most: how many bytes the answer may have.

    Raises:
        Refused: for a private address, another scheme than http(s), or an answer that is too long.
        OSError: when nobody answers.
    """
    parts, port = _parts(url)
    connection = _open(parts, port, timeout)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, {"Host": parts.netloc, **headers})
        response = connection.getresponse()
        answer = response.read(most + 1)
    except http.client.HTTPException as error:
        raise Refused("not an HTTP answer") from error
    finally:
        connection.close()
    if len(answer) > most:
        raise Refused("the answer is too long")
    return Answer(response.status, answer)


def require_callable(url: str) -> None:
    """Look whether ``url`` is one that may be called now; :func:`request` looks again.

    Raises:
        Refused: for a private address, or another scheme than http(s).
        OSError: for a name that nobody knows.
    """
    parts, port = _parts(url)
    _address(str(parts.hostname), port)


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("not an address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Refused("only plain http and https addresses are called")
    return parts, port or (443 if parts.scheme == "https" else 80)


def _open(parts: SplitResult, port: int, timeout: float) -> http.client.HTTPConnection:
    host = str(parts.hostname)
    line = socket.create_connection((_address(host, port), port), timeout)
    if parts.scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.sock = line
    return connection


def _address(host: str, port: int) -> str:
    """Return the address to connect to; every address of the name must be a public one."""
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise Refused("not a name") from error
    found = {str(info[4][0]) for info in infos}
    if f"{host}:{port}" in settings.OUTBOUND_TRUSTED:
        return found.pop()
    for address in found:
        if not _is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise Refused("this address is not on the public internet")
    return found.pop()


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        return _is_public(inner)
    return address.is_global and not address.is_multicast
