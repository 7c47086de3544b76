"""Give out tracking numbers: never one twice; a gap after a failed transaction is no harm."""

from django.db import connection

from modules.complaints import numbers
from modules.complaints.models import Counter

UPSERT = (
    "INSERT INTO {table} AS counter (year, last) VALUES (%s, %s) "
    "ON CONFLICT (year) DO UPDATE SET last = counter.last + EXCLUDED.last RETURNING last"
)


def next_number(*, prefix: str, year: int) -> str:
    """Return the next tracking number of ``year``; waits for others who are taking one."""
    return next_numbers(prefix=prefix, year=year, count=1)[0]


def next_numbers(*, prefix: str, year: int, count: int) -> list[str]:
    """Return the next ``count`` tracking numbers of ``year`` at once, in one statement."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(table=table), [year, count])
        (last,) = cursor.fetchone()
    return [numbers.make(prefix, year, serial) for serial in range(last - count + 1, last + 1)]
