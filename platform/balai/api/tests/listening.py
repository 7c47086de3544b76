"""A program that listens for webhooks, on a real socket; and the outbox, run by hand."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from django.utils import timezone

from balai.outbox import delivery
from balai.outbox.models import Event


@dataclass
class Listener:
    """What was received, and the status that is answered; 0 hangs up without an answer."""

    port: int = 0
    status: int = 200
    location: str = ""
    content: bytes = b""
    received: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address to enter in the console."""
        return f"http://127.0.0.1:{self.port}/hook?city=1"


@contextmanager
def listening(content: bytes = b"") -> Iterator[Listener]:
    """Run a listener on a free port; a GET gets ``content``."""
    told = Listener(content=content)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.received.append((self.path, dict(self.headers), body))
            if not told.status:
                self.close_connection = True
                return
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):  # the library's name
            told.received.append((self.path, dict(self.headers), b""))
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.content)))
            self.end_headers()
            self.wfile.write(told.content)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_port
    runner = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    runner.start()
    try:
        yield told
    finally:
        server.shutdown()
        runner.join()
        server.server_close()


def run_outbox(*topics: str) -> int:
    """Deliver what is due now, and what that causes; return how many events."""
    count = 0
    while True:
        due = Event.objects.filter(done_at=None, next_attempt_at__lte=timezone.now())
        due = due.filter(topic__in=topics) if topics else due
        event = due.order_by("id").first()
        if event is None:
            return count
        assert delivery.deliver(event.pk), event
        count += 1
