"""Opening a region: against a bare replay of its SQL, against django-tenants, few and many.

Everything that is compared runs in turn, round by round, and the ratios are taken within a
round: a machine that is busy for one is busy for the other. Openings are rolled back, so that
each finds the same database.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from statistics import median

import psycopg2
from django.db import connection

from balai.context import platform
from tests.load import fleets
from tests.load.row import Row

FEW, MANY = 5, 200
ROUNDS, TRIES = 5, 5
Connection = psycopg2.extensions.connection


def measure() -> list[Row]:
    """Return the ratios of a birth's message, and what doing nothing to a fleet takes."""
    from provisioning import fleet

    with ExitStack() as stack:
        few, message, _ = stack.enter_context(_fleet("balai_bench_few", FEW))
        many, crowded, bare = stack.enter_context(_fleet("balai_bench_many", MANY))
        rounds = [_round(few, message, many, crowded, bare, number) for number in range(ROUNDS)]
        began = time.perf_counter()
        outcome = fleet.upgrade()
        idle = time.perf_counter() - began
        tables, indexes = _size()
    opening = median(times["many"] for times in rounds)
    over = median(times["many"] / times["bare"] for times in rounds)
    flat = median(times["many"] / times["few"] for times in rounds)
    against = median(times["stock"] / times["many"] for times in rounds)
    return [
        Row(f"open a region beside {MANY} others", f"{opening * 1000:.0f} ms"),
        Row("  against a bare replay in one message", f"{over:.2f}x", "<= 1.3x", over <= 1.3),
        Row("  against django-tenants", f"{against:.1f}x", ">= 12x", against >= 12),
        Row(f"  against opening it beside {FEW}", f"{flat:.2f}x", "<= 1.3x", flat <= 1.3),
        Row(f"fleet upgrade, nothing to do, {outcome.current} regions", f"{idle:.2f} s"),
        Row("an empty region", f"{tables} tables, {indexes} indexes"),
    ]


def _round(
    few: Connection, message: str, many: Connection, crowded: str, bare: str, number: int
) -> dict[str, float]:
    tries: dict[str, list[float]] = {"few": [], "many": [], "bare": []}
    for _ in range(TRIES):
        tries["few"].append(_run(few, message))
        tries["many"].append(_run(many, crowded))
        tries["bare"].append(_run(many, bare))
    return {name: min(spent) for name, spent in tries.items()} | {"stock": _stock(number)}


def _run(raw: Connection, message: str) -> float:
    with raw.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(message)
        spent = time.perf_counter() - began
    raw.rollback()
    return spent


@contextmanager
def _fleet(name: str, size: int) -> Iterator[tuple[Connection, str, str]]:
    """Yield a connection to a database with ``size`` regions, a birth's message, a bare replay."""
    from provisioning import release
    from provisioning.opening.birth import conceive

    with fleets.built(name, size), platform():
        made = release.ensure()
        birth = conceive(fleets.order(size), made).message
        given = connection.get_connection_params()
        given.pop("cursor_factory")
        with closing(psycopg2.connect(**given)) as raw:
            with raw.cursor() as cursor:
                cursor.execute("SET search_path = shared; ANALYZE")
            raw.commit()
            yield raw, birth, f"CREATE SCHEMA bare; {release.fill(made.sql, 'bare')}"


def _stock(number: int) -> float:
    """Return the seconds django-tenants takes in the database in use, in a process of its own."""
    return min(fleets.stock("tests.load.stock_opening", "2", str(2 * number)))


def _size() -> tuple[int, int]:
    with platform(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE relkind = 'r'), count(*) FILTER (WHERE relkind = 'i')"
            " FROM pg_class WHERE relnamespace = 'r_kota_0'::regnamespace"
        )
        tables, indexes = cursor.fetchone()
        return tables, indexes
