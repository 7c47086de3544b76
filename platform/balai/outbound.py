"""HTTP requests to addresses that people typed in: never into our own network.

The name is resolved once and the connection goes to that very address, so that a name that
changes its mind between check and use gains nothing. :func:`request` follows no redirect,
:func:`fetch` looks at each one as at the first address.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

MAX_ANSWER: Final = 1_000_000
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 names of IPv4 addresses, private ones among them (RFC 6052, section 2.1)."""


class Refused(OSError):  # noqa: N818  # it reads as what happened
    """Raised for an address that we do not call, or that does not answer properly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from ``url``; names of ``headers`` are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    url: str = ""


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
        timeout: seconds for the whole exchange: one who sends a byte a second gains nothing.
        most: how many bytes the answer may have.

    Raises:
        Refused: for a private address, another scheme than http(s), or an answer that is too long.
        OSError: when nobody answers in time.
    """
    deadline = time.monotonic() + timeout
    parts, port = _parts(url)
    line = _open(parts, port, timeout)
    connection = http.client.HTTPConnection(str(parts.hostname), port)
    connection.sock = _Line(line, deadline)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, {"Host": parts.netloc, **headers})
        response = connection.getresponse()
        answer = response.read(most + 1)
    except (http.client.HTTPException, ValueError) as error:  # or an address of odd letters
        raise Refused("not an HTTP answer") from error
    finally:
        line.close()
    if len(answer) > most:
        raise Refused("the answer is too long")
    names = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, answer, names, url)


def fetch(
    url: str,
    *,
    headers: Mapping[str, str],
    timeout: float = 10.0,
    most: int = 5_000_000,
    redirects: int = 3,
) -> Answer:
    """Read a public document, such as a feed, and follow its redirects.

    Args:
        timeout: seconds for all of it.
        most: how many bytes the document may have.
        redirects: how many are followed; each address is looked at like the first.

    Returns:
        The last answer, whatever its status; its ``url`` is where it was found.

    Raises:
        Refused: as :func:`request` does, and for one redirect too many.
        OSError: when nobody answers in time.
    """
    deadline = time.monotonic() + timeout
    for _step in range(redirects + 1):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        answer = request("GET", url, headers=headers, timeout=left, most=most)
        if answer.status not in REDIRECTS or "location" not in answer.headers:
            return answer
        try:
            url = urljoin(url, answer.headers["location"])
        except ValueError as error:
            raise Refused("redirected to what is no address") from error
    raise Refused("too many redirects")


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


def _open(parts: SplitResult, port: int, timeout: float) -> socket.socket:
    host = str(parts.hostname)
    line = socket.create_connection((_address(host, port), port), timeout)
    if parts.scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    return line


class _Line:
    """A socket that is read until a deadline. Who opened the socket closes it."""

    def __init__(self, line: socket.socket, deadline: float) -> None:
        self._line, self._deadline = line, deadline

    def sendall(self, data: bytes) -> None:
        self._line.sendall(data)

    def makefile(self, *_args: Any, **_kwargs: Any) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._line, self._deadline))

    def close(self) -> None:
        """Leave it open: http.client closes before the body has been read."""


class _Timed(io.RawIOBase):
    def __init__(self, line: socket.socket, deadline: float) -> None:
        super().__init__()
        self._line, self._deadline = line, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        self._line.settimeout(left)
        return self._line.recv_into(buffer)


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
    if address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return _is_public(inner)
    return address.is_global and not address.is_multicast
