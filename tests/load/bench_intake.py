"""Taking in reports, beside a bare INSERT of one row by the same driver."""

import time
from collections.abc import Callable

from django.db import connection

from balai.context import platform, region_context
from tenants import directory
from tests.load.row import Row

COUNT = 300


def measure() -> list[Row]:
    """Measure both ways interleaved, each commit for itself."""
    from modules.complaints.models import Category
    from modules.complaints.services import Draft, report

    with platform():
        region = directory.by_schema("r_tangerang")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    with region_context(region):
        category = Category.objects.filter(parent__isnull=False)[0]
        draft = Draft(
            category=category, text="Lampu jalan di depan balai warga padam sejak tiga hari lalu."
        )
        insert, take_in = _paired(lambda: report(draft=draft), lambda: _insert(category.pk))
    return [
        Row("reports taken in, one process", f"{COUNT / take_in:.0f}/s"),
        Row("bare INSERT by the same driver", f"{COUNT / insert:.0f}/s"),
        Row("a report costs, in INSERTs", f"{take_in / insert:.1f}x"),
    ]


def _insert(category: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (category, text) VALUES (%s, %s)", [category, "x" * 64]
        )


def _paired(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float]:
    from tenants.backend.migrating import migrating

    with migrating("r_tangerang"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial, category bigint, text text)")
    spent = {"bare": 0.0, "ours": 0.0}
    for _ in range(COUNT):
        for name, run in (("bare", bare), ("ours", ours)):
            began = time.perf_counter()
            run()
            spent[name] += time.perf_counter() - began
    with migrating("r_tangerang"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_bare")
    return spent["bare"], spent["ours"]
