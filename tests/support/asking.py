"""Asking for pages in this process: how long one takes, and how many statements it costs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai import memo
from balai.context import Region, platform
from tenants import directory
from tests.support.client import CityClient


def region(schema: str) -> Region:
    """Return a region of the bench database; LookupError when it has none of this schema."""
    with platform():
        found = directory.by_schema(schema)
    if found is None:
        raise LookupError(f"the bench database has no {schema}")
    return found


def spent(client: CityClient, path: str) -> float:
    """Return the milliseconds that a page takes; RuntimeError when it is none."""
    began = time.perf_counter()
    response = client.get(path)
    took = time.perf_counter() - began
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    return took * 1000


def statements(client: CityClient, path: str) -> int:
    """Return how many statements a page costs that was asked for before."""
    client.get(path)
    connection.queries_log.clear()  # a full one would count no further
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@contextmanager
def cached_regions() -> Iterator[None]:
    """Keep regions cached, as a process that listens for their changes does."""
    forget()
    directory.listening_restored()
    try:
        yield
    finally:
        directory.listening_lost()


def forget() -> None:
    """Drop kept figures: neither another bench nor a test may find those of a large city."""
    memo.forget()
    with platform():
        cache.clear()
