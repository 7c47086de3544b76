"""Incident numbers such as 112-TNG-26-00417: spoken on the radio, without gaps in a year."""

from datetime import datetime

from django.db import connection

from balai import context
from balai.directory import reference

NEXT = """
    INSERT INTO emergency_counter (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = emergency_counter.last + 1
    RETURNING last
"""


def next_number(now: datetime) -> str:
    """Return the next number of the year of ``now`` in the region's zone."""
    region = context.current_region()
    year = now.astimezone(region.zone).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year])
        serial = cursor.fetchone()[0]
    return f"112-{reference.regency(region.code).letters}-{year % 100:02}-{serial:05}"
