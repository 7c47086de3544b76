"""A national service in one process: keeps cases, knows repetitions, breaks down on demand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "rahasia-negara"
PAGE = 2


class Sp4nServer:
    """What the service knows; ``broken`` makes it answer with this status."""

    def __init__(self) -> None:
        self.cases: dict[str, dict] = {}
        self.by_key: dict[str, str] = {}
        self.changes: list[dict] = []
        self.waiting: list[dict] = []
        self.broken = 0
        self.requests: list[str] = []
        self.port = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def move(self, external_id: str, status: str) -> None:
        self.cases[external_id]["status"] = status
        self.changes.append({"id": external_id, "status": status})

    def take(self, key: str, body: dict) -> str:
        if key not in self.by_key:
            self.by_key[key] = f"SP4N-{7000 + len(self.cases)}"
            self.cases[self.by_key[key]] = {**body, "status": "baru"}
        return self.by_key[key]


class _Handler(BaseHTTPRequestHandler):
    state: Sp4nServer

    def do_POST(self) -> None:  # http.server's name
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refused():
            return
        number = self.state.take(self.headers["Idempotency-Key"], body)
        self._answer(201, {"data": {"nomor": number}})

    def do_GET(self) -> None:  # as above
        if self._refused():
            return
        url = urlsplit(self.path)
        rows = self.state.changes if url.path.endswith("statuses") else self.state.waiting
        begin = int(parse_qs(url.query).get("since", ["0"])[0])
        end = min(begin + PAGE, len(rows))
        self._answer(200, {"items": rows[begin:end], "next": str(end), "more": end < len(rows)})

    def _refused(self) -> bool:
        self.state.requests.append(f"{self.command} {self.path}")
        status = self.state.broken
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            status = 401
        if status:
            self._answer(status, {"pesan": "tidak bisa"})
        return bool(status)

    def _answer(self, status: int, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Sp4nServer]:
    """Yield a running service."""
    state = Sp4nServer()
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
