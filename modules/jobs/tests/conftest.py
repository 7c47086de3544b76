"""Employers, vacancies and applicants to work with; everything through the real services."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone
from fpdf import FPDF

from balai.context import Region
from balai.directory.models import Area
from modules.jobs.choices import Education, Occupation
from modules.jobs.models import Application, Employer, Seeker, Session, Vacancy
from modules.jobs.services import applying, employers, gathering, moving, profiles, vacancies

NUMBERS = count(1)


def registration(**told: Any) -> dict[str, Any]:
    """Return what an employer tells, with a NIB of its own."""
    number = next(NUMBERS)
    return {
        "name": f"PT Contoh {number}", "kind": "company", "sector": "C",
        "nib": f"91200{number:08}", "npwp": "0123456789012345", "about": "", "address": "Jl. Uji 1",
        "district": None, "contact_name": "Bu Rina", "email": "hrd@contoh.test",
        "phone": "021 5550000", "website": "", **told,
    }  # fmt: skip


def offer(**told: Any) -> dict[str, Any]:
    """Return what a vacancy tells, open for thirty days."""
    return {
        "title": "Operator Produksi", "occupation": Occupation.OPERATORS, "type": "contract",
        "workplace": "onsite", "headcount": 2, "description": "Menjalankan mesin cetak plastik.",
        "requirements": "Teliti dan siap kerja bergilir.", "benefits": "BPJS",
        "education": Education.SMK, "experience_years": 1, "skills": "mesin injeksi", "area": None,
        "district": None, "address": "Jl. Industri 5", "pay_min": 4_500_000, "pay_max": 5_000_000,
        "pay_period": "month", "sex": "", "age_min": None, "age_max": None, "criteria_reason": "",
        "locals_first": False, "disability_welcome": False,
        "valid_until": timezone.localdate() + timedelta(days=30), **told,
    }  # fmt: skip


def person(**told: Any) -> dict[str, Any]:
    """Return what a seeker tells."""
    return {
        "name": "Dewi Lestari", "phone": "0812 3456 7890", "email": "dewi@contoh.test",
        "district": None, "education": Education.SMK, "school": "SMKN 2", "major": "Mesin",
        "graduated": 2022, "grade": "8,4", "wanted": "operator", "skills": "las", "about": "",
        "experience": [{"role": "Operator", "place": "PT Lama", "since": 2022, "until": None}],
        "training": [], "languages": [{"name": "Inggris", "level": "good"}], **told,
    }  # fmt: skip


def meeting(**told: Any) -> dict[str, Any]:
    """Return what an officer tells of a fair or a class."""
    return {
        "title": "Bursa Kerja", "about": "", "organiser": "Disnaker", "place": "GOR", "firms": "",
        "requirements": "", "certificate": "", "district": None, "register_from": None,
        "register_until": None, **told,
    }  # fmt: skip


def pdf() -> bytes:
    """Return a real PDF of one page."""
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=12)
    page.cell(text="Riwayat hidup Dewi Lestari")
    return bytes(page.output())


@pytest.fixture
def district(in_region: Region) -> Area:
    """A kecamatan."""
    return Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("code").first()


@pytest.fixture
def officer(in_region: Region, make_user: Callable) -> Any:
    """Somebody of the manpower office."""
    return make_user("placement_officer")


@pytest.fixture
def recruiter(in_region: Region, make_user: Callable) -> Any:
    """The citizen who signs an employer up."""
    return make_user()


@pytest.fixture
def employer(recruiter: Any, officer: Any) -> Employer:
    """A verified employer of ``recruiter``."""
    return employers.verify(
        employer=employers.register(told=registration(), by=recruiter), by=officer
    )


@pytest.fixture
def opened(employer: Employer, recruiter: Any, officer: Any) -> Callable[..., Vacancy]:
    """Return a function that gives an open vacancy of ``employer``."""

    def make(now: datetime | None = None, **told: Any) -> Vacancy:
        row = vacancies.save_draft(employer=employer, told=offer(**told), by=recruiter, now=now)
        row = moving.move("submit", row, by=recruiter, now=now)
        return vacancies.publish(vacancy=row, by=officer, now=now)

    return make


@pytest.fixture
def seeker(in_region: Region, make_user: Callable) -> Callable[..., Seeker]:
    """Return a function that gives somebody with a profile."""
    return lambda **told: profiles.save(user=make_user(), told=person(**told))


@pytest.fixture
def sent(opened: Callable, seeker: Callable) -> Callable[..., Application]:
    """Return a function that sends an application, for a new vacancy unless one is given."""

    def make(vacancy: Vacancy | None = None, **told: Any) -> Application:
        return applying.apply(
            vacancy=vacancy or opened(), seeker=seeker(**told), letter="Saya berminat."
        )

    return make


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    """Return a function that gives somebody's client."""
    return lambda user: client_for(in_region, user)


@pytest.fixture
def visitor(client_for: Callable, in_region: Region) -> Any:
    """Somebody without an account."""
    return client_for(in_region)


@pytest.fixture
def session_of(officer: Any) -> Callable[..., Session]:
    """Return a function that publishes a fair or class and gives its session of tomorrow."""

    def make(kind: str = "fair", capacity: int = 2, **told: Any) -> Session:
        row = gathering.save(told=meeting(**told), kind=kind, by=officer)
        start = timezone.now() + timedelta(days=1)
        session = gathering.add_session(
            gathering=row, starts_at=start, ends_at=start + timedelta(hours=3), capacity=capacity,
            by=officer,
        )  # fmt: skip
        session.gathering = gathering.publish(gathering=row, by=officer)
        return session

    return make
