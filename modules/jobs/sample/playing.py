"""How each sample is carried out: by the same services as a real one."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from balai import context
from balai.directory.models import Area
from modules.jobs.models import Application, Employer, Seeker, Vacancy
from modules.jobs.sample.people import Staff
from modules.jobs.services import applying, employers, gathering, hiring, moving, vacancies

SPREAD: Final = {"open": (1, 28), "hired": (40, 60), "filled": (50, 20)}
"""How many days ago a story began: at least, and spread over so many more."""
LETTER: Final = "Saya tertarik dengan pekerjaan ini dan siap mengikuti wawancara."
FAIR: Final = {
    "title": "Bursa Kerja Terbuka", "organiser": "Dinas Tenaga Kerja",
    "place": "Gedung Olahraga, aula utama",
    "about": "Temui perusahaan yang sedang mencari karyawan. Bawa CV dan kartu identitas.",
    "firms": "PT Cipta Kemasan Nusantara\nPT Lintas Kargo Mandiri\nHotel Graha Anggrek",
}  # fmt: skip
CLASSES: Final = (
    {"title": "Pelatihan Las Dasar", "organiser": "Balai Latihan Kerja", "place": "Bengkel las BLK",
     "about": "Enam minggu praktik las listrik, gratis, dengan makan siang.",
     "requirements": "KTP dan ijazah terakhir", "certificate": "BNSP juru las pelat"},
    {"title": "Pelatihan Menjahit Pakaian", "organiser": "Balai Latihan Kerja",
     "place": "Ruang jahit BLK",
     "about": "Empat minggu membuat pola, memotong, dan menjahit kemeja.",
     "requirements": "KTP", "certificate": "BNSP operator jahit"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """What the stories are played with."""

    staff: Staff
    firms: list[Employer]
    seekers: list[Seeker]
    places: list[Area]


def villages() -> list[Area]:
    """Return the region's kelurahan and desa with their kecamatan."""
    rows = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent")
    return list(rows.defer("boundary", "parent__boundary").order_by("code"))


def register(
    told: dict[str, Any], at: int, staff: Staff, begun: datetime, places: list[Area]
) -> Employer:
    """Register an employer and have it verified the day after."""
    whole = {
        **told, "nib": f"99990000{at:05}", "npwp": "", "contact_name": "Bagian Personalia",
        "email": staff.recruiter.email, "phone": "021 5550000", "website": "",
        "district": places[at].parent if places else None,
    }  # fmt: skip
    row = employers.register(told=whole, by=staff.recruiter, now=begun, sample=True)
    return employers.verify(employer=row, by=staff.officer, now=begun + timedelta(days=1))


@transaction.atomic
def play(
    story: dict[str, Any], at: int, cast: Cast, now: datetime, chance: random.Random
) -> Vacancy:
    """Post one vacancy and carry it as far as its story goes; every ninth waits for review."""
    end = story["end"]
    least, spread = SPREAD[end]
    start = now - timedelta(days=least + at * 7 % spread, minutes=chance.randint(5, 300))
    staff = cast.staff
    row = vacancies.save_draft(
        employer=cast.firms[story["firm"]], told=_told(story, cast, now, chance),
        by=staff.recruiter, now=start, sample=True,
    )  # fmt: skip
    if end == "open" and at % 9 == 8:
        return moving.move("submit", row, by=staff.recruiter, now=now - timedelta(hours=at))
    row = moving.move("submit", row, by=staff.recruiter, now=start)
    row = vacancies.publish(vacancy=row, by=staff.officer, now=start + timedelta(hours=3))
    for nth in range({"hired": 3, "open": at % 2, "filled": 0}[end]):
        application = _apply(row, cast.seekers[(at + 5 * nth) % len(cast.seekers)], start, nth)
        if end == "hired" and nth < min(2, story["people"] - 1):
            _hire(application, staff, start + timedelta(days=2 + nth))
    if end == "filled":
        over = start + timedelta(days=20)
        ended = vacancies.end("close", vacancy=row, by=staff.recruiter, now=over)
        row = vacancies.report(
            vacancy=ended, elsewhere=story["people"], text="", by=staff.recruiter, now=over
        )
    return row


def meet(cast: Cast, now: datetime) -> None:
    """Announce a job fair with two sessions and two training classes."""
    day = timezone.localdate(now) + timedelta(days=12)
    officer = cast.staff.officer
    district = cast.places[0].parent if cast.places else None
    blank = {"firms": "", "requirements": "", "certificate": "", "district": district,
             "register_from": None, "register_until": None}  # fmt: skip
    fair = gathering.save(told={**blank, **FAIR}, kind="fair", by=officer, sample=True)
    for hour in (9, 13):
        gathering.add_session(
            gathering=fair, starts_at=_at(day, hour), ends_at=_at(day, hour + 3), capacity=300,
            by=officer,
        )  # fmt: skip
    gathering.publish(gathering=fair, by=officer)
    for nth, told in enumerate(CLASSES, start=1):
        begins = day + timedelta(days=10 * nth)
        row = gathering.save(told={**blank, **told}, kind="training", by=officer, sample=True)
        gathering.add_session(
            gathering=row, starts_at=_at(begins, 8), ends_at=_at(begins + timedelta(days=30), 15),
            capacity=16, by=officer,
        )  # fmt: skip
        gathering.publish(gathering=row, by=officer)


def _apply(row: Vacancy, seeker: Seeker, start: datetime, nth: int) -> Application:
    sent = start + timedelta(days=1 + nth)
    return applying.apply(vacancy=row, seeker=seeker, letter=LETTER, now=sent)


def _hire(row: Application, staff: Staff, seen: datetime) -> None:
    """Open an application and hire its seeker a week later; a place stays open."""
    moving.move("see", row, by=staff.recruiter, changes={"moved_at": seen}, now=seen)
    hiring.hire(application=row, by=staff.recruiter, now=seen + timedelta(days=6))


def _told(
    story: dict[str, Any], cast: Cast, now: datetime, chance: random.Random
) -> dict[str, Any]:
    place = chance.choice(cast.places) if cast.places else None
    period = {"daily": "day", "freelance": "day"}.get(story["type"], "month")
    return {
        "title": story["title"], "occupation": story["occupation"], "type": story["type"],
        "workplace": story.get("workplace", "onsite"), "headcount": story["people"],
        "description": story["description"], "requirements": story["requirements"],
        "benefits": "BPJS Kesehatan dan Ketenagakerjaan" if period == "month" else "",
        "education": story["education"], "experience_years": story["years"],
        "skills": story["skills"], "area": place, "district": place.parent if place else None,
        "address": cast.firms[story["firm"]].address, "pay_min": story["low"],
        "pay_max": story["high"], "pay_period": period, "sex": "", "age_min": None,
        "age_max": None, "criteria_reason": "", "locals_first": False,
        "disability_welcome": bool(story.get("disability")),
        "valid_until": timezone.localdate(now) + timedelta(days=14 + chance.randint(0, 30)),
    }  # fmt: skip


def _at(day: Any, hour: int) -> datetime:
    return datetime.combine(day, time(hour), context.current_region().zone)
