"""167 apps as a city of two million has them, with half a year of use and health: all invented.

Addresses end in ``.example`` (RFC 2606) and are never called: sample apps are not probed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from balai import context
from balai.audit.actor import acting_as
from balai.directory.models import Agency
from modules.catalogue.models import App, Day
from modules.catalogue.models.day import SLOTS
from modules.catalogue.services import taking_in
from modules.catalogue.states import Audience, Health, State

MILLION: Final = 1_000_000
DAYS, LEAST = 180, 3
BUSY: Final = frozenset(
    {"Antre Puskesmas", "Antre RSUD", "PBB Online", "Sobat Dukcapil", "PPDB Online", "Bus Kota"}
)
ON_HOME: Final = frozenset({*BUSY, "Perizinan Online", "Air Minum Online"})
IDLE: Final = frozenset({"Cek Depot Air", "Rumah Singgah", "Ormas Online", "Izin Praktik Hewan"})
DOWN: Final = frozenset({"Pajak Air Tanah", "Kios Pasar"})
SAME: Final = (
    ("PBB Online", "e-SPPT", "Info Pajak Daerah"),
    ("Suara Warga", "Lapor Wali", "Aduan Lingkungan", "Lapor Jalan Rusak"),
    ("e-Kelurahan", "Surat Warga"),
    ("Absen ASN", "Presensi Dinas Luar"),
    ("Bursa Kerja", "AK-1 Online"),
    ("Geoportal", "Info Tata Ruang"),
    ("Satu Data Kota", "Metadata Statistik"),
)  # fmt: skip
RETIRING: Final = {"Surat Warga": "e-Kelurahan", "Info Pajak Daerah": "PBB Online"}
RETIRED: Final = ("Belajar Daring", "Radio Kota")
HELD: Final = "NIK, nama, alamat, nomor telepon"


@dataclass(frozen=True, slots=True)
class Line:
    """One app of the list; ``cost`` is million rupiah a year."""

    category: str
    agency: str
    audience: Audience
    cost: int
    name: str
    summary: str


def lines() -> Iterator[Line]:
    """Yield the 167 apps of the list."""
    text = (files(__package__) / "apps.csv").read_text(encoding="utf-8")
    for line in text.splitlines():
        category, agency, whom, cost, name, summary = line.split("|")
        audience = Audience.CITIZEN if whom == "w" else Audience.OFFICER
        yield Line(category, agency, audience, int(cost), name, summary)


def load() -> int:
    """Add the list unless it is there; return how many sample apps there are."""
    if not App.objects.exists():
        with acting_as("sample data"), transaction.atomic():
            _apps()
            _plan()
            _history()
    return App.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take the sample apps and their history away; return how many apps there were."""
    found = App.objects.filter(sample=True)
    count = found.count()
    found.delete()
    return count


def _apps() -> None:
    agencies = dict(Agency.objects.values_list("code", "pk"))
    domain = f"{context.current_region().slug}.example"
    taking_in.take_in([
        {
            "name": line.name, "summary": line.summary, "category": line.category,
            "agency_id": agencies.get(line.agency), "audience": line.audience,
            "url": f"https://{slugify(line.name)}.{domain}/", "state": State.LIVE,
            "cost_per_year": line.cost * MILLION, "sample": True,
            "on_home": line.name in ON_HOME, "personal": line.category != "news",
            "data_held": "" if line.category in {"news", "data"} else HELD,
        }
        for line in lines()
    ])  # fmt: skip
    slugs = dict(App.objects.values_list("name", "slug"))
    for group in SAME:
        for name in group:
            others = sorted(slugs[other] for other in group if other != name)
            App.objects.filter(name=name).update(overlaps=others)
    began = timezone.now() - timedelta(days=2 * DAYS)
    App.objects.filter(sample=True).update(created_at=began, health=Health.UP)
    App.objects.filter(name__in=DOWN).update(health=Health.DOWN, failures=4)


def _plan() -> None:
    by_name = {app.name: app for app in App.objects.filter(sample=True)}
    last = timezone.localdate() + timedelta(days=60)
    for name, instead in RETIRING.items():
        App.objects.filter(name=name).update(
            state=State.RETIRING, retire_on=last, replaced_by=by_name[instead],
            state_note="Layanannya digabung.",
        )  # fmt: skip
    App.objects.filter(name__in=RETIRED).update(
        state=State.RETIRED, state_note="Tidak ada lagi yang memakai."
    )


def _history() -> None:
    chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same every time
    today = timezone.localdate()
    days = max(round(DAYS * settings.SAMPLE_SCALE), LEAST)
    told = [today - timedelta(days=back) for back in range(days)]
    now = timezone.localtime()
    until = (now.hour * 60 + now.minute) // 5
    Day.objects.bulk_create(
        (
            _day(app, day, until if day == today else SLOTS, chance)
            for app in App.objects.filter(sample=True)
            for day in told
        ),
        batch_size=2_000,
    )


def _day(app: App, day: date, slots: int, chance: random.Random) -> Day:
    """Return an invented day: few clicks at the weekend, an outage now and then."""
    mean = 180 if app.name in BUSY else 9 if app.audience == Audience.CITIZEN else 3
    mean = 0 if app.name in IDLE or app.state == State.RETIRED else mean
    weekend = 0.4 if day.weekday() > 4 else 1
    track = ["u"] * slots
    if app.name in DOWN or chance.random() < 0.04:
        begins = chance.randrange(slots + 1)
        ends = slots if app.name in DOWN else min(begins + chance.randrange(2, 30), slots)
        track[begins:ends] = ["d"] * (ends - begins)
    return Day(
        app=app, date=day, looks=slots, failed=track.count("d"),
        opened=max(round(chance.gauss(mean, mean / 4) * weekend), 0),
        took_ms=slots * chance.randrange(90, 900), track="".join(track).ljust(SLOTS, "-"),
    )  # fmt: skip
