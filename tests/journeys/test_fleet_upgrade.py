"""Regions are upgraded while people use them: code of the release before goes on answering."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException

from django.test import override_settings

from balai.api import key_services
from balai.context import platform
from provisioning import fleet
from provisioning.tests.garden import TWO
from tests.support.stack import Stack

CITIES = ("tangerang", "purworejo")
PAGES = ("/", "/specimen/", "/complaints/", "/api/v1/specimen/")
ENOUGH = 20


def test_a_fleet_is_upgraded_under_load_and_no_request_fails(stack: Stack, ask: Callable) -> None:
    key = ask(_key)
    with crowd(stack, key) as seen:
        _wait_for(seen, ENOUGH)
        before = sum(seen.values())
        outcome = ask(_upgrade)
        during = sum(seen.values()) - before
        _wait_for(seen, before + during + ENOUGH)
    assert outcome.failed == []
    assert len(outcome.results) == len(CITIES)
    assert set(seen) <= {200, 201}, seen
    assert during > 0, "somebody asked while the tables changed"
    written = ask(_written)
    assert written == seen[201], "every note that was acknowledged is there, with its new column"


def _key() -> str:
    told = {"name": "Beban", "scopes": ["specimen:write"], "per_minute": 1000, "by": None}
    return key_services.create(**told)[1]


def _upgrade() -> fleet.Outcome:
    # A step in SQL, one in Python, one outside transactions, one that takes a constraint away.
    with override_settings(MIGRATION_MODULES=TWO), platform():
        return fleet.upgrade(jobs=2)


def _written() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM specimen_note WHERE text LIKE 'beban %' AND colour = 'green'"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def crowd(stack: Stack, key: str) -> Iterator[Counter[int]]:
    """Read both cities' pages and write notes for the length of a block; yield the answers."""
    seen: Counter[int] = Counter()
    lock, enough = threading.Lock(), threading.Event()

    def note(status: int) -> None:
        with lock:
            seen[status] += 1

    def reader(city: str, number: int) -> None:
        while not enough.is_set():
            note(_ask(stack, city, "GET", PAGES[number % len(PAGES)]))
            number += 1

    def writer() -> None:
        number = 0
        while not enough.wait(0.2):
            body = json.dumps({"text": f"beban {number}"})
            headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
            note(_ask(stack, CITIES[0], "POST", "/api/v1/specimen/", body, headers))
            number += 1

    threads = [threading.Thread(target=reader, args=(city, n)) for n, city in enumerate(CITIES)]
    threads.append(threading.Thread(target=writer))
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        enough.set()
        for thread in threads:
            thread.join(30)


def _ask(
    stack: Stack, city: str, method: str, path: str, body: str | None = None,
    headers: dict[str, str] | None = None,
) -> int:  # fmt: skip
    host = {"Host": f"{city}.localhost:{stack.port}"}
    try:
        with closing(HTTPConnection("127.0.0.1", stack.port, timeout=20)) as line:
            line.request(method, path, body, {**host, **(headers or {})})
            answer = line.getresponse()
            answer.read()
            return answer.status
    except (OSError, HTTPException):
        return 0


def _wait_for(seen: Counter[int], number: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while sum(seen.values()) < number and time.monotonic() < deadline:
        time.sleep(0.02)
