"""10,000 reports of an older system, from the upload to the last row, as the jobs do it."""

import csv
import io
import time
from datetime import date, timedelta

from django.core.files.base import ContentFile

from balai.context import platform, region_context
from tenants import directory
from tests.load.row import Row

COUNT = 10_000
SECONDS = 60.0
HEAD = ("Nomor", "Tanggal", "Kategori", "Judul", "Isi", "Status", "OPD", "Kecamatan", "Alamat",
        "Tanggal Selesai", "Tanggapan")  # fmt: skip


def measure() -> list[Row]:
    """Time upload, trial and run of one CSV file, and count the statements of the run."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from balai.importing import registry, services

    with platform():
        region = directory.by_schema("r_tangerang")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    with region_context(region):
        importer = registry.find("complaints.reports")
        assert importer is not None
        began = time.perf_counter()
        run = services.upload(importer=importer, file=_file(), by=None)
        services.check(run=run, mapping=run.mapping, options={"system": "bench"})
        _work()
        tried = time.perf_counter()
        run.refresh_from_db()
        services.start(run=run, together=False)
        connection.queries_log.clear()
        with CaptureQueriesContext(connection) as seen:
            _work()
        ended = time.perf_counter()
        run.refresh_from_db()
        took = ended - began
    assert (run.created, run.failed) == (COUNT, 0), (run.error, run.failed)
    return [
        Row("import of 10,000 reports: trial", f"{tried - began:.1f} s"),
        Row("import of 10,000 reports: run", f"{ended - tried:.1f} s"),
        Row("import of 10,000 reports: both", f"{took:.1f} s", f"<= {SECONDS:.0f} s",
            took <= SECONDS),
        Row("statements a batch of 500", f"{len(seen) / (COUNT / importer.batch):.0f}"),
    ]  # fmt: skip


def _work() -> None:
    """Deliver the import's events one after the other, as one worker does."""
    from balai.outbox import delivery
    from balai.outbox.models import Event

    while event := Event.objects.filter(topic="importing.step", done_at=None).first():
        delivery.deliver(event.pk)


def _file() -> ContentFile:
    from balai.directory.models import Area
    from modules.complaints.models import Category

    kinds = list(Category.objects.filter(parent__isnull=False, secret_default=False))
    places = list(Area.objects.filter(kind=Area.Kind.DISTRICT).values_list("name", flat=True))
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(HEAD)
    for number in range(COUNT):
        day = date(2019, 1, 1) + timedelta(days=number % 1800)
        table.writerow((
            f"B-{number}", day.strftime("%d/%m/%Y"), kinds[number % len(kinds)].label_id,
            f"Laporan lama nomor {number}", "Jalan berlubang di depan pasar, sudah dua minggu.",
            "Selesai", "dishub", places[number % len(places)], "dekat pasar lama",
            (day + timedelta(days=9)).isoformat(), "Sudah dikerjakan oleh petugas.",
        ))  # fmt: skip
    return ContentFile(out.getvalue().encode("utf-8-sig"), name="laporan-lama.csv")
