"""Give out serial numbers: never one twice; a gap after a failed transaction is no harm."""

from datetime import datetime

from django.db import connection

from balai import context
from modules.jobs.models import Counter

UPSERT = (
    "INSERT INTO {table} AS counter (kind, year, last) VALUES (%s, %s, 1) "
    "ON CONFLICT (kind, year) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def next_number(kind: str, now: datetime) -> str:
    """Return the next number of a kind of document in the region's year, "LK-26-000017"."""
    year = now.astimezone(context.current_region().zone).year
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(table=table), [kind, year])
        (last,) = cursor.fetchone()
    return f"{kind}-{year % 100:02}-{last:06}"
