"""A region's page against the same view in plain Django: paired and interleaved."""

import gc
import time
from collections.abc import Callable
from statistics import median

from django.core.handlers.base import BaseHandler
from django.db import connections
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from balai.context import platform
from tenants import directory
from tests.load.row import Row

REGION = "r_tangerang"
ROUNDS = 41
REQUESTS = 120
DEMANDS = {1: 1.15, 5: 1.08}
OURS = ["tenants.middleware.RegionMiddleware"]


def measure() -> list[Row]:
    """Return the ratios for a page with one query and with five, and its SQL statements."""
    with platform():
        region = directory.by_schema(REGION)
    assert region is not None
    _add_plain_alias()
    with override_settings(ROOT_URLCONF="tests.load.pages"):
        ours, plain = _handler(OURS), _handler([])
        rows = [_compare(ours, plain, region.host, queries) for queries in DEMANDS]
        rows.append(_statements(ours, region.host))
    connections["plain"].close()
    return rows


def _add_plain_alias() -> None:
    """The same database through Django's own backend, always in the one schema."""
    chosen = connections["default"].settings_dict
    connections.settings["plain"] = chosen | {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"options": f"-c search_path={REGION}"},
        "CONN_MAX_AGE": None,
    }


def _handler(middleware: list[str]) -> BaseHandler:
    handler = BaseHandler()
    with override_settings(MIDDLEWARE=middleware):
        handler.load_middleware()
    return handler


def _sender(handler: BaseHandler, alias: str, host: str, queries: int) -> Callable[[], None]:
    factory = RequestFactory()

    def send() -> None:
        response = handler.get_response(factory.get(f"/{alias}/{queries}/", headers={"host": host}))
        assert response.status_code == 200

    return send


def _compare(ours: BaseHandler, plain: BaseHandler, host: str, queries: int) -> Row:
    directory.listening_restored()
    pair = [_sender(ours, "default", host, queries), _sender(plain, "plain", host, queries)]
    for send in pair * 20:
        send()
    gc.disable()
    try:
        ratios = [_round(pair, turn) for turn in range(ROUNDS)]
    finally:
        gc.enable()
        directory.listening_lost()
    ratio, demand = median(ratios), DEMANDS[queries]
    return Row(
        f"page with {queries} {'query' if queries == 1 else 'queries'} vs plain Django",
        f"{ratio:.2f}x",
        f"<= {demand}x",
        ratio <= demand,
    )


def _round(pair: list[Callable[[], None]], turn: int) -> float:
    """Return ours / plain for one round; who goes first alternates, request by request."""
    spent = [0.0, 0.0]
    for number in range(REQUESTS):
        for which in (0, 1) if (turn + number) % 2 else (1, 0):
            began = time.perf_counter()
            pair[which]()
            spent[which] += time.perf_counter() - began
    return spent[0] / spent[1]


def _statements(ours: BaseHandler, host: str) -> Row:
    send = _sender(ours, "default", host, 1)
    directory.listening_restored()
    send()
    with CaptureQueriesContext(connections["default"]) as captured:
        send()
    directory.listening_lost()
    count = len(captured)
    return Row("SQL statements of a page with 1 query", str(count), "<= 1", count <= 1)
