"""How many SQL statements a report costs that a program sends, and how many come in a second."""

import json
import time
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.context import platform, region_context
from tenants import directory
from tests.load.row import Row
from tests.support.client import CityClient

MOST = 12
COUNT = 60
TOLD = {
    "category": "lampu-jalan",
    "text": "Lampu jalan di depan balai warga padam sejak tiga hari lalu.",
}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
API, OPEN311 = "/api/v1/complaints/reports", "/open311/v2/requests.json"


def measure() -> list[Row]:
    """Send a report by each door, then many by the API."""
    from balai.api import key_services
    from balai.directory.models import Area

    with platform():
        region = directory.by_schema("r_tangerang")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    with region_context(region):
        cache.clear()
        _key, token = key_services.create(
            name="bench", scopes=["complaints:report"], per_minute=30_000, by=None
        )
        area = Area.objects.filter(kind=Area.Kind.VILLAGE).order_by("pk")[0].code
    client = CityClient(region)
    body = json.dumps({**TOLD, "area": area})
    form = {
        "api_key": token, "service_code": TOLD["category"], "description": TOLD["text"],
        "address_id": area,
    }  # fmt: skip
    key = {"Authorization": f"Bearer {token}"}
    doors = {
        "API, no key": (API, body, JSON, {}),
        "API, with a key": (API, body, JSON, key),
        "API, key and Idempotency-Key": (API, body, JSON, key),
        "Open311": (OPEN311, urlencode(form), FORM, {}),
    }
    rows = []
    for name, (address, told, kind, headers) in doors.items():
        send = _sender(client, address, told, kind, headers, once="Idempotency" in name)
        send()
        most = MOST + 3 if "Idempotency" in name else MOST  # its lock, its look-up, its row
        rows.append(_statements(name, send, most))
    began = time.perf_counter()
    for _ in range(COUNT):
        client.post(API, body, content_type=JSON, headers=key)
    spent = time.perf_counter() - began
    return [*rows, Row("reports by the API, one process", f"{COUNT / spent:.0f}/s")]


def _sender(client, address, told, kind, headers, *, once):
    numbers = iter(range(1000))

    def send():
        more = {"Idempotency-Key": f"bench-{next(numbers):06}"} if once else {}
        response = client.post(address, told, content_type=kind, headers={**headers, **more})
        if response.status_code != 201:
            raise AssertionError(response.content)

    return send


def _statements(name, send, most):
    with CaptureQueriesContext(connection) as captured:
        send()
    count = sum(counts(query["sql"]) for query in captured.captured_queries)
    return Row(f"statements of a report, {name}", str(count), f"<= {most}", count <= most)


def counts(sql: str) -> bool:
    """Tell whether a statement counts: the outbox's own and the transaction's frame do not."""
    frame = sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK"))
    return not frame and "outbox_event" not in sql and "pg_notify" not in sql
