"""The ways to a statement. Each returns what it saw of a city: (number of looks, strangers)."""

import asyncio
import contextvars
import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.db import connection, transaction

from balai.context import NoRegionError, crossing
from tests.isolation.hammer.cities import NAMES, OURS, ROWS, inside
from tests.isolation.hammer.models import Canary

Seen = tuple[int, int]
Way = Callable[[str, int], Seen]


class UndoError(Exception):
    """Leaves an inner transaction so that it rolls back to its savepoint."""


def _judge(city: str, cities: Iterable[str]) -> Seen:
    found = list(cities)
    return max(1, len(found)), sum(1 for item in found if item != city) + (not found)


def _add(seen: Iterable[Seen]) -> Seen:
    pairs = list(seen)
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def look(city: str, number: int) -> Seen:
    """Read one row by its key, the same key in all cities."""
    return _judge(city, [Canary.objects.get(pk=number % ROWS + 1).city])


def autocommit(city: str, number: int) -> Seen:
    """Read and write, each statement on its own."""
    with inside(city):
        Canary.objects.create(city=city, note="autocommit")
        return _add([look(city, number), look(city, number + 1)])


def atomic(city: str, number: int) -> Seen:
    """Read and write in one transaction."""
    with inside(city), transaction.atomic():
        Canary.objects.filter(pk=number % ROWS + 1).update(note="atomic")
        return _add([look(city, number), look(city, number + 1)])


def savepoint(city: str, number: int) -> Seen:
    """ROLLBACK TO takes back the SET LOCAL of the statements it undoes."""
    with inside(city), transaction.atomic():
        try:
            with transaction.atomic():
                seen = look(city, number)
                raise UndoError
        except UndoError:
            Canary.objects.create(city=city, note="after savepoint")
        return _add([seen, look(city, number)])


def nested(city: str, number: int) -> Seen:
    """Look at a neighbour in the middle of one's own transaction."""
    neighbour = NAMES[(NAMES.index(city) + 1) % len(NAMES)]
    with inside(city), transaction.atomic():
        first = look(city, number)
        with crossing(), inside(neighbour):
            second = look(neighbour, number)
        return _add([first, second, look(city, number)])


def named_cursor(city: str, number: int) -> Seen:
    """Stream rows through a server-side cursor in a transaction."""
    with inside(city), transaction.atomic():
        rows = connection.chunked_cursor()
        rows.execute("SELECT city FROM hammer_canary WHERE id <= %s", [10])
        seen = _judge(city, [row[0] for row in rows.fetchmany(4) + rows.fetchall()])
        rows.close()
        return seen


def iterator(city: str, number: int) -> Seen:
    """The ORM's own streaming, in autocommit (a held cursor where the connection is direct)."""
    with inside(city):
        rows = Canary.objects.filter(pk__lte=8).values_list("city", flat=True)
        return _judge(city, rows.iterator(chunk_size=3))


def executemany(city: str, number: int) -> Seen:
    """psycopg2 loops in C here; the strangers() at the end judge where the rows went."""
    with inside(city), connection.cursor() as cursor:
        query = "INSERT INTO hammer_canary (city, note) VALUES (%s, 'many') RETURNING city"
        cursor.executemany(query, [(city,)] * 3)
        return _judge(city, [row[0] for row in cursor.fetchall()])


def copy(city: str, number: int) -> Seen:
    """COPY in and out."""
    out = io.StringIO()
    with inside(city), connection.cursor() as cursor:
        cursor.copy_from(
            io.StringIO(f"{city}\tcopied\n"), "hammer_canary", columns=("city", "note")
        )
        cursor.copy_expert("COPY (SELECT city FROM hammer_canary WHERE id <= 5) TO STDOUT", out)
    return _judge(city, out.getvalue().split())


def new_thread(city: str, number: int) -> Seen:
    """A thread that inherits the context sees its city; one that does not sees nothing."""
    with inside(city):
        heir = contextvars.copy_context()
        with ThreadPoolExecutor(1) as inheriting, ThreadPoolExecutor(1) as bare:
            seen = inheriting.submit(heir.run, _and_close, city, number)
            lost = bare.submit(_lost)
    return _add([seen.result(), lost.result()])


def _and_close(city: str, number: int) -> Seen:
    try:
        return look(city, number)
    finally:
        connection.close()


def _lost() -> Seen:
    try:
        Canary.objects.get(pk=1)
    except NoRegionError:
        return 1, 0
    finally:
        connection.close()
    return 1, 1


def async_tasks(city: str, number: int) -> Seen:
    """Six coroutines, six cities, one event loop, interleaved."""

    async def one(name: str) -> Seen:
        with inside(name):
            seen = []
            for step in range(2):
                await asyncio.sleep(0)
                seen.append(await sync_to_async(look)(name, number + step))
            return _add(seen)

    async def all_of_them() -> list[Seen]:
        seen = await asyncio.gather(*(one(name) for name in NAMES))
        await sync_to_async(lambda: connection.close())()
        return seen

    return _add(asyncio.run(all_of_them()))


COMMON: tuple[Way, ...] = (
    autocommit, atomic, savepoint, nested, named_cursor, iterator, executemany, copy,
)  # fmt: skip
# Each makes new connections: fewer of them, or their log-ins are all that is measured.
RARE: tuple[Way, ...] = (new_thread, async_tasks)
__all__ = ["COMMON", "OURS", "RARE"]
