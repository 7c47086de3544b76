"""No report is lost (D-01 to D-04): real processes, real kills, an operation log and a checker."""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.durability import clients, harness
from tests.durability.checker import judge
from tests.durability.harness import City

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="finds processes in /proc"
)

SOAK = bool(os.environ.get("BALAI_SOAK"))
# Seconds for the letters of all reports: in the long form there are thousands.
PATIENCE = 600 if SOAK else 120


@pytest.fixture(scope="module")
def city(django_db_blocker: Any) -> Iterator[City]:
    """Run one city for the module; every test leaves it working."""
    with harness.city(django_db_blocker) as running:
        yield running


@pytest.fixture(scope="module")
def wish(city: City) -> clients.Wish:
    """Return what the citizens report."""
    return clients.wish_in(city)


def test_d01_killed_web_worker_and_relay_lose_nothing(city: City, wish: clients.Wish) -> None:
    with clients.crowd(city, wish) as log:
        for round_ in range(60 if SOAK else 5):
            time.sleep(0.7)
            for part in (("web",), ("worker",), ("relay",), ("web", "relay"), ("worker", "web"))[
                round_ % 5
            ]:
                city.kill(part)
        city.wait_until_ready(15)
        time.sleep(0.5)
    verdict = judge(city, log, PATIENCE)
    assert verdict.clean, verdict
    assert verdict.acknowledged >= 5


def test_d02_a_valkey_that_forgets_everything_costs_no_effect(
    city: City, wish: clients.Wish
) -> None:
    with clients.crowd(city, wish) as log:
        for _ in range(30 if SOAK else 3):
            time.sleep(0.7)
            city.kill_valkey(flush=True)
    verdict = judge(city, log, PATIENCE)
    assert verdict.clean, verdict


def test_d03_a_killed_postgresql_loses_nothing_acknowledged(city: City, wish: clients.Wish) -> None:
    with clients.crowd(city, wish) as log:
        for _ in range(30 if SOAK else 3):
            time.sleep(0.7)
            city.kill_postgres()
            assert city.wait_until_ready(30) <= 30
    verdict = judge(city, log, PATIENCE)
    assert verdict.clean, verdict


def test_d04_a_lost_answer_is_given_again(city: City, wish: clients.Wish) -> None:
    log = []
    for number in range(100 if SOAK else 20):
        operation = clients.new()
        log.append(operation)
        # The connection is gone before the answer; in every tenth trial the server is, too.
        clients.send(city, operation, wish, wait=random_wait(number))
        if number % 10 == 0:
            _wait_for_row(city, operation)
            city.kill("web")
        clients.persist(city, operation, wish)
        # Once more, as an impatient telephone does.
        clients.send(city, operation, wish, wait=20)
    verdict = judge(city, log, PATIENCE)
    assert verdict.clean, verdict
    assert verdict.acknowledged == len(log)
    assert all(len(set(operation.receipts)) == 1 for operation in log)
    # Most answers really were lost on the way: the trial tried something.
    assert sum(operation.attempts > 2 for operation in log) >= len(log) / 4


def random_wait(number: int) -> float:
    """Return how long the client listens: from not at all to about as long as an answer takes."""
    return 0.002 + 0.01 * (number % 10)


def _wait_for_row(city: City, operation: clients.Operation, seconds: float = 1.0) -> None:
    deadline = time.monotonic() + seconds
    query = "SELECT 1 FROM complaints_complaint WHERE text LIKE %s"
    while time.monotonic() < deadline and not city.rows(query, (f"%{operation.mark}%",)):
        time.sleep(0.005)
