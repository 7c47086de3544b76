"""Bring a table of so many old reports along and begin to import it: run as a process."""

import sys
import time

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402  # after the apps are there

from balai.context import platform, region_context  # noqa: E402  # as above
from balai.importing import registry, services  # noqa: E402  # as above
from balai.importing.models import ImportRun  # noqa: E402  # as above
from tenants import directory  # noqa: E402  # as above

COUNT = int(sys.argv[1])
ROW = "{0};05/08/2019;lampu-jalan;Lampu nomor {0} mati;selesai;2019-08-09"

with platform():
    region = directory.by_schema("r_tangerang")
with region_context(region):
    lines = ["nomor;tanggal;kategori;isi;status;tanggal selesai", *map(ROW.format, range(COUNT))]
    file = ContentFile("\n".join(lines).encode(), name="lama.csv")
    run = services.upload(importer=registry.find("complaints.reports"), file=file, by=None)
    services.check(run=run, mapping=run.mapping, options={"system": "lama"})
    deadline = time.monotonic() + 60
    while run.state != ImportRun.State.CHECKED and time.monotonic() < deadline:
        time.sleep(0.1)
        run.refresh_from_db()
    services.start(run=run, together=False)
