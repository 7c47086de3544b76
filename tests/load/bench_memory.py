"""What a server process grows to that serves region after region, with and without the bound.

Every table of every region is read once, a request's end after each region. ``BALAI_SOAK=1`` does
it with the 514 regions that Indonesia has.
"""

import os
from typing import Final

import psutil
from django.conf import settings
from django.db import connection
from django.test import override_settings

from balai.context import platform, region_context
from tenants import selectors
from tenants.states import State
from tests.load import fleets
from tests.load.row import Row

SIZE: Final = 514 if os.environ.get("BALAI_SOAK") else 100
BOUND: Final = 100 if os.environ.get("BALAI_SOAK") else 25
UNBOUND: Final = 1_000_000
MEGABYTE: Final = 1024 * 1024
SHARE: Final = 0.6
TABLES: Final = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r'
"""


def measure() -> list[Row]:
    """Return the largest memory of a server process after all regions of a fleet were touched."""
    with fleets.built("balai_bench_memory", SIZE), platform():
        free, _one = _largest(UNBOUND)
        bound, processes = _largest(BOUND)
    share = bound / free
    usual = settings.REGIONS_PER_CONNECTION
    return [
        Row(f"server process after {SIZE} regions, no bound", f"{free:.0f} MB"),
        Row(f"  at most {BOUND} regions each (usual: {usual})", f"{bound:.0f} MB"),
        Row("  against no bound", f"{share:.2f}x", f"<= {SHARE}x", share <= SHARE),
        Row("  server processes used", str(processes)),
    ]


def _largest(bound: int) -> tuple[float, int]:
    """Return the megabytes (without what all processes share) and how many processes there were."""
    connection.close()
    largest, seen = 0.0, set()
    with override_settings(REGIONS_PER_CONNECTION=bound):
        for region in selectors.all_regions(states=State.values):
            with region_context(region):
                _touch()
            process = connection.connection.info.backend_pid
            seen.add(process)
            memory = psutil.Process(process).memory_info()
            largest = max(largest, (memory.rss - memory.shared) / MEGABYTE)
            connection.close_if_unusable_or_obsolete()
    return largest, len(seen)


def _touch() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [row[0] for row in cursor.fetchall()]
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}" LIMIT 1')  # from the catalog
