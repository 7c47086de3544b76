"""The budget at 200,000 lines: a file on its way in, and the pages that read its totals.

40 agencies, 6,400 activities, 60 accounts; codes with the names beside them, as files have them.
Times of pages are of the whole request in this process, templates included.
"""

import csv
import io
import time
from datetime import date
from statistics import median
from typing import Final

from django.core.files.base import ContentFile
from django.db import connection

from balai.context import region_context
from tests.load.row import Row
from tests.support import asking
from tests.support.client import CityClient

LINES: Final = 200_000

SECONDS, PAGE_MS, STATEMENTS, ROUNDS = 120.0, 100, 10, 15
AGENCIES, ACTIVITIES, ACCOUNTS = 40, 160, 32
HEAD: Final = ("Tahun", "SKPD", "Program", "Kegiatan", "Rekening", "Anggaran", "Perubahan",
               "Realisasi", "Tanggal")  # fmt: skip
PAGES: Final = (
    ("overview", "/budget/"),
    ("by programme", "/budget/?by=programme"),
    ("by account", "/budget/?by=account"),
    ("changes", "/budget/changes/"),
    ("search", "/budget/search/?q=kegiatan+77"),
    ("one account", "/budget/accounts/5.1.02/"),
    ("one activity", "/budget/agencies/1.07/1.07.02.2.009/"),
)
SHOWN: Final = (("one agency, 160 activities", "/budget/agencies/1.07/"),)
"""A long page, without a demand: what it costs is its 160 lines of HTML."""


def measure() -> list[Row]:
    """Time upload, trial, run and counting of one CSV file, then each page."""
    region = asking.region("r_tangerang")
    with region_context(region):
        rows = _import()
    with asking.cached_regions():
        client = CityClient(region)
        for name, path in PAGES:
            spent, count = _page(client, path)
            rows += [
                Row(f"budget, {name}: p50", f"{spent:.0f} ms", f"<= {PAGE_MS} ms",
                    spent <= PAGE_MS),
                Row(f"budget, {name}: statements", str(count), f"<= {STATEMENTS}",
                    0 < count <= STATEMENTS),
            ]  # fmt: skip
        rows += [
            Row(f"budget, {name}: p50", f"{_page(client, path)[0]:.0f} ms") for name, path in SHOWN
        ]
    return rows


def _import() -> list[Row]:
    from balai.importing import registry, services
    from modules.budget.models import Snapshot, Total
    from modules.budget.services import publishing, taking_in

    importer = registry.find("budget.lines")
    if importer is None:
        raise LookupError("no importer of budgets")
    began = time.perf_counter()
    run = services.upload(importer=importer, file=_file(), by=None)
    services.check(run=run, mapping=run.mapping, options={"whole": True})
    _work()
    tried = time.perf_counter()
    run.refresh_from_db()
    services.start(run=run, together=False)
    _work()
    written = time.perf_counter()
    run.refresh_from_db()
    if (run.created, run.failed) != (LINES, 0):
        raise RuntimeError(f"{run.created} in, {run.failed} failed: {run.error}")
    (state,) = taking_in.finish(run=run.pk, whole=True)
    ended = time.perf_counter()
    publishing.move(snapshot=state, name="publish", by=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE budget_line; ANALYZE budget_total; ANALYZE budget_heading")
    took = ended - began
    assert Snapshot.objects.get().lines == LINES
    return [
        Row("import of 200,000 budget lines: trial", f"{tried - began:.1f} s"),
        Row("import of 200,000 budget lines: run", f"{written - tried:.1f} s"),
        Row("import of 200,000 budget lines: counting", f"{ended - written:.1f} s"),
        Row("import of 200,000 budget lines: all", f"{took:.1f} s", f"<= {SECONDS:.0f} s",
            took <= SECONDS),
        Row("totals of 200,000 budget lines", f"{Total.objects.count():,}"),
    ]  # fmt: skip


def _work() -> None:
    """Deliver the import's events one after the other, as one worker does."""
    from balai.outbox import delivery
    from balai.outbox.models import Event

    while event := Event.objects.filter(topic="importing.step", done_at=None).first():
        delivery.deliver(event.pk)


def _file() -> "ContentFile[bytes]":
    """Return the table; 17 MB, just under what may be uploaded."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(HEAD)
    day = date.today().replace(day=1).strftime("%d/%m/%Y")
    year = date.today().year
    for number in range(LINES):
        place, at = divmod(number, ACCOUNTS)
        agency, activity = place % AGENCIES, place // AGENCIES
        money = 1_000_000 + number * 7919 % 900_000_000
        table.writerow((
            year, f"1.{agency:02d} Dinas {agency}",
            f"1.{agency:02d}.{2 + activity // 20:02d}",
            f"1.{agency:02d}.{2 + activity // 20:02d}.2.{activity:03d} Kegiatan {activity}",
            f"5.{1 + at % 2}.02.{at:02d}", money, money + (number % 3 - 1) * 100_000,
            money * (number % 9) // 10, day,
        ))  # fmt: skip
    return ContentFile(out.getvalue().encode(), name="apbd.csv")


def _page(client: CityClient, path: str) -> tuple[float, int]:
    """Return milliseconds (the median) and statements of a page."""
    count = asking.statements(client, path)
    return median(asking.spent(client, path) for _ in range(ROUNDS)), count
