"""Give out tracking numbers: never one twice; a gap after a failed transaction is no harm."""

from django.db import connection

from modules.complaints import numbers
from modules.complaints.models import Counter

UPSERT = (
    "INSERT INTO {table} AS counter (year, last) VALUES (%s, 1) "
    "ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def next_number(*, prefix: str, year: int) -> str:
    """Return the next tracking number of ``year``; waits for others who are taking one."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(table=table), [year])
        (serial,) = cursor.fetchone()
    return numbers.make(prefix, year, serial)
