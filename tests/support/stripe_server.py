"""A Stripe of our own: the true client talks to it over HTTP, or in the process for many rounds."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe

from tests.support.stripe_world import RefusedError, Thing, World, missing

VERSION = "2026-10-28.endive"
PART = re.compile(r"[^\[\]]+")
NUMBERS = {"unit_amount", "days_until_due", "quantity", "limit"}
TRUTHS = {"active", "transfer_lookup_key", "cancel_at_period_end"}


class Api:
    """Requests of the API answered from a world; keeps what it was asked."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.asked: list[tuple[str, str]] = []
        self.down = False
        self._answers: dict[str, tuple[str, int, str]] = {}

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], body: str
    ) -> tuple[int, str]:
        """Return HTTP status and JSON; a repeated idempotency key gets its first answer again."""
        sent = {name.lower(): value for name, value in headers.items()}
        path = urlsplit(url).path
        self.asked.append((method, path))
        if self.down:
            return 503, json.dumps({"error": {"type": "api_error", "message": "down"}})
        try:
            self._check(method, sent)
            once = sent.get("idempotency-key", "") if method == "POST" else ""
            question = f"{path}?{body}"
            if once in self._answers:
                asked, status, text = self._answers[once]
                if asked != question:
                    raise RefusedError(400, "idempotency_error", "idempotency_key_in_use")
                return status, text
            told = decode(body if method == "POST" else urlsplit(url).query)
            text = json.dumps(self._route(method, path.removeprefix("/v1/").split("/"), told))
            if once:
                self._answers[once] = (question, 200, text)
            return 200, text
        except RefusedError as refused:
            return refused.status, json.dumps(refused.body)

    def _check(self, method: str, sent: Mapping[str, str]) -> None:
        if not sent.get("authorization", "").startswith("Bearer sk_test_"):
            raise RefusedError(401, "invalid_request_error", "api_key_missing")
        if sent.get("stripe-version") != VERSION:
            raise RefusedError(
                400, "invalid_request_error", "version", sent.get("stripe-version", "")
            )
        form = sent.get("content-type", "").startswith("application/x-www-form-urlencoded")
        if method == "POST" and not form:
            raise RefusedError(400, "invalid_request_error", "not_a_form")

    def _route(self, method: str, path: list[str], told: Thing) -> Thing:
        world = self.world
        creates: dict[str, Callable[[Thing], Thing]] = {
            "customers": world.create_customer, "products": world.create_product,
            "prices": world.create_price, "subscriptions": world.create_subscription,
            "checkout/sessions": world.create_session,
            "billing_portal/sessions": world.create_portal,
        }  # fmt: skip
        whole = "/".join(path)
        if method == "POST" and whole in creates:
            return creates[whole](told)
        if method == "GET" and len(path) == 1:
            return self._list(path[0], told)
        kind, key = path[0].removesuffix("s"), path[-1]
        if kind not in world.things or len(path) != 2:
            raise missing(whole)
        if method == "GET":
            found = world.get(kind, key)
            return {"id": key, "object": kind, "deleted": True} if found.get("deleted") else found
        if kind == "subscription":
            return world.update_subscription(key, told)
        if kind not in ("price", "product", "customer"):
            raise missing(whole)
        world.get(kind, key).update(told)
        return world.get(kind, key)

    def _list(self, name: str, told: Thing) -> Thing:
        kind = name.removesuffix("s")
        if kind not in self.world.things:
            raise missing(name)
        wanted = {field: told[field] for field in ("customer", "active") if field in told}
        rows = self.world.all(kind, **wanted)
        if "lookup_keys" in told:
            rows = [row for row in rows if row["lookup_key"] in told["lookup_keys"]]
        if "ids" in told:
            rows = [row for row in rows if row["id"] in told["ids"]]
        if kind == "subscription" and told.get("status") != "all":
            rows = [row for row in rows if row["status"] != "canceled"]
        if "starting_after" in told:
            keys = [row["id"] for row in rows]
            rows = rows[keys.index(told["starting_after"]) + 1 :]
        limit = told.get("limit", 10)
        return {"object": "list", "url": f"/v1/{name}", "data": rows[:limit],
                "has_more": len(rows) > limit}  # fmt: skip


def decode(form: str) -> Thing:
    """Turn ``items[0][price]=x`` into nested dicts and lists, the way Stripe reads forms."""
    found: Thing = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        parts = PART.findall(name)
        place: Any = found
        for part in parts[:-1]:
            place = place.setdefault(part, {})
        place[parts[-1]] = _value(parts[-1], value)
    return {name: _lists(value) for name, value in found.items()}


def _value(name: str, text: str) -> Any:
    if name in NUMBERS:
        return int(text)
    return text == "true" if name in TRUTHS else text


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(part) for name, part in value.items()}
    numbered = inner and all(name.isdigit() for name in inner)
    return [inner[name] for name in sorted(inner, key=int)] if numbered else inner


def sign(event: Thing, secret: str, *, at: int | None = None) -> tuple[bytes, str]:
    """Return a webhook's body and its header ``t=...,v1=...``."""
    body = json.dumps(event)
    header = stripe.WebhookSignature.generate_signature_header(
        body, secret, at if at is not None else int(time.time())
    )
    return body.encode(), header


class InProcess(stripe.HTTPClient):
    """Carries the true client's requests to an Api without a socket."""

    name = "in-process"

    def __init__(self, api: Api) -> None:
        super().__init__()
        self.api = api

    def request(self, method, url, headers, post_data=None, *, _usage=None):
        status, text = self.api.answer(method.upper(), url, headers, post_data or "")
        return text, status, {"request-id": "req_1"}

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def serve(api: Api) -> Iterator[str]:
    """Serve an Api on a loopback port; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet

        def do_GET(self) -> None:
            self._reply("GET", "")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._reply("POST", self.rfile.read(length).decode())

        def _reply(self, method: str, body: str) -> None:
            status, text = api.answer(method, self.path, dict(self.headers), body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.send_header("Request-Id", "req_1")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
