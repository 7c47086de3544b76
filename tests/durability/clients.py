"""Citizens who send reports, never give up, and write down what they were promised."""

import json
import os
import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from tests.durability.harness import City

PATH = "/api/v1/complaints/reports"
# Every report has letters, and the checker waits for them: in the short form citizens take breath.
BREATH = 0.0 if os.environ.get("BALAI_SOAK") else 0.15


@dataclass
class Operation:
    """One report as its sender knows it."""

    key: str
    attempts: int = 0
    receipts: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """The words by which its row and its letter are found."""
        return f"laporan-{self.key}"


@dataclass(frozen=True)
class Wish:
    """A kind of problem and a place that the city's preset knows."""

    category: str
    area: str


def wish_in(city: City) -> Wish:
    """Return something that can be reported in ``city``."""
    categories = "SELECT slug FROM complaints_category WHERE parent_id IS NOT NULL AND active"
    areas = "SELECT code FROM directory_area WHERE kind = 'district'"
    return Wish(str(city.rows(categories)[0][0]), str(city.rows(areas)[0][0]))


def send(city: City, operation: Operation, wish: Wish, *, wait: float = 5.0) -> bool:
    """Send once; return whether it was acknowledged."""
    operation.attempts += 1
    body = {
        "category": wish.category,
        "text": f"Lampu jalan di depan rumah padam. {operation.mark}",
        "area": wish.area,
        "landmark": "dekat pos ronda",
        "email": f"{operation.key}@warga.test",
    }
    headers = {
        "Host": city.host,
        "Content-Type": "application/json",
        "Idempotency-Key": operation.key,
        # A telephone network's citizens: each of an address of their own.
        "X-Forwarded-For": f"100.64.{random.randrange(256)}.{random.randrange(1, 255)}",
    }
    try:
        with closing(HTTPConnection("127.0.0.1", city.port, timeout=wait)) as line:
            line.request("POST", PATH, json.dumps(body), headers)
            answer = line.getresponse()
            said = answer.read()
    except (OSError, HTTPException):
        return False
    operation.statuses.append(answer.status)
    if answer.status != 201:
        return False
    operation.receipts.append(json.loads(said)["uuid"])
    return True


def new() -> Operation:
    """Return a report that has not been sent."""
    return Operation(uuid.uuid4().hex)


def persist(city: City, operation: Operation, wish: Wish, seconds: float = 60.0) -> None:
    """Send until acknowledged, as the offline queue does."""
    deadline = time.monotonic() + seconds
    while not send(city, operation, wish) and time.monotonic() < deadline:
        time.sleep(0.1)


@contextmanager
def crowd(city: City, wish: Wish, size: int = 3) -> Iterator[list[Operation]]:
    """Have citizens send reports for the length of a block; yield their common log."""
    log: list[Operation] = []
    enough = threading.Event()

    def citizen() -> None:
        while not enough.is_set():
            operation = new()
            log.append(operation)
            persist(city, operation, wish)
            enough.wait(BREATH)

    threads = [threading.Thread(target=citizen) for _ in range(size)]
    for thread in threads:
        thread.start()
    try:
        yield log
    finally:
        enough.set()
        for thread in threads:
            thread.join(90)
