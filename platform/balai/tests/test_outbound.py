"""Documents are read from public addresses only, in time, and through every redirect's check."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from balai import outbound


class Site(BaseHTTPRequestHandler):
    """A site with good and bad manners."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            self._drip()
            return
        places = {
            "/moved": "/page",
            "/inside": "http://127.0.0.1:1/secret",
            "/file": "file:///etc/passwd",
            "/round": "/round",
        }
        place = places.get(self.path)
        body = b"x" * 2000 if self.path == "/long" else b"hello"
        self.send_response(302 if place else 200)
        if place:
            self.send_header("Location", place)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        """Send a header a byte at a time: each read succeeds, and it never ends."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        try:
            for _turn in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_redirect_is_followed_and_told(site) -> None:
    answer = outbound.fetch(f"{site}/moved", headers={})
    assert (answer.status, answer.body, answer.url) == (200, b"hello", f"{site}/page")
    assert answer.headers["etag"] == '"one"'
    assert outbound.request("GET", f"{site}/moved", headers={}).status == 302


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/inside", "not on the public internet"),
        ("/file", "only plain http"),
        ("/round", "too many redirects"),
        ("/long", "too long"),
    ],
)
def test_a_bad_place_is_refused(site, path, why) -> None:
    with pytest.raises(outbound.Refused, match=why):
        outbound.fetch(f"{site}{path}", headers={}, most=1000)


def test_one_who_drips_is_left(site) -> None:
    begun = time.monotonic()
    with pytest.raises(OSError, match="too slow|timed out"):
        outbound.fetch(f"{site}/slow", headers={}, timeout=0.4)
    assert time.monotonic() - begun < 2


def test_a_private_address_in_ipv6_s_clothes_is_refused() -> None:
    for inner in ("[64:ff9b::a00:1]", "[64:ff9b::7f00:1]", "[::ffff:10.0.0.1]", "[2002:a00:1::]"):
        with pytest.raises(outbound.Refused):
            outbound.require_callable(f"http://{inner}/")
    outbound.require_callable("http://[64:ff9b::808:808]/")
