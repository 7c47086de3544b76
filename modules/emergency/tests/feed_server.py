"""A small service that publishes CAP, on loopback: an index, documents, faults on request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Service:
    """What it serves: documents by path, where others have moved to, and what was asked."""

    port: int = 0
    documents: dict[str, bytes] = field(default_factory=dict)
    index: bytes = b""
    etag: str = '"1"'
    status: int = 200
    asked: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The index's address."""
        return f"http://127.0.0.1:{self.port}/rss.xml"

    def publish(self, *names: str) -> None:
        """List documents in the index, the newest first, as BMKG does."""
        items = "".join(
            f"<item><title>x</title><link>http://127.0.0.1:{self.port}/{name}</link>"
            f"<pubDate>{format_datetime(datetime(2026, 9, 24, 8, at, tzinfo=UTC))}</pubDate></item>"
            for at, name in reversed(list(enumerate(names)))
        )
        self.index = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
        self.etag = f'"{len(self.asked)}-{len(names)}"'


@contextmanager
def serving() -> Iterator[Service]:
    """Run it and yield it."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(self.path)
            body, headers = self.answer()
            status = service.status if body else 404
            if self.path == "/rss.xml" and self.headers.get("If-None-Match") == service.etag:
                status, body = 304, b""
            if (name := self.path.removeprefix("/")) in service.moved:
                status, headers = 302, {"Location": service.moved[name]}
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def answer(self) -> tuple[bytes, dict[str, str]]:
            if self.path == "/rss.xml":
                return service.index, {"ETag": service.etag}
            return service.documents.get(self.path.removeprefix("/"), b""), {}

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
