"""Send jobs of every kind from every region: ``python -m tests.support.region_sender 2000 6``.

A process of its own, because chords need a result backend and the test's own process has none.
It prints, as JSON, which numbers must be done in which region afterwards.
"""

import json
import sys
from collections import defaultdict

import django

django.setup()

from celery import chain, chord, group  # noqa: E402  # after the apps are there
from django.conf import settings  # noqa: E402  # as above

from balai import context  # noqa: E402  # as above
from balai.tasks import regions  # noqa: E402  # as above
from tests.support.region_jobs import blame, gather, write  # noqa: E402  # as above

SECOND, THIRD = 1_000_000, 2_000_000


def ways(schema: str, number: int):
    """Return what to send for ``number``, and the numbers that must be done afterwards."""
    one = write.si
    both = [number, number + SECOND]
    kinds = {
        0: lambda: (one(schema, number, "retry"), [number]),
        1: lambda: (one(schema, number, "fail"), []),
        2: lambda: (one(schema, number, "error_in_transaction"), []),
        3: lambda: (chain(one(schema, both[0]), one(schema, both[1], "retry")), both),
        4: lambda: (group(one(schema, item) for item in both), both),
        5: lambda: (
            chord([one(schema, item) for item in both], gather.s(schema, number + THIRD)),
            [*both, number + THIRD],
        ),
        6: lambda: (
            one(schema, both[1], "fail").on_error(blame.s(schema, number)),
            [number],
        ),
    }
    return kinds.get(number % 20, lambda: (one(schema, number), [number]))()


def main(count: int, kills: int) -> None:
    """Send ``count`` jobs; the first ``kills`` end their worker's child."""
    expected = defaultdict(list)
    places = list(regions())
    for number in range(count):
        place = places[number % len(places)]
        with context.region_context(place):
            if number < kills:
                job, numbers = (
                    write.si(place.schema, number + 3 * SECOND, "kill"),
                    [number + 3 * SECOND],
                )
            else:
                job, numbers = ways(place.schema, number // len(places))
            job.apply_async()
        expected[place.schema] += numbers
    print(json.dumps(expected))


assert settings.CELERY_RESULT_BACKEND
main(*map(int, sys.argv[1:]))
