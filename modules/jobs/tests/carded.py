"""An AK/I card to work with; everything through the real services."""

from datetime import date, datetime
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from modules.jobs.choices import Education
from modules.jobs.identity import Identity
from modules.jobs.models import Card
from modules.jobs.services import cards, moving, papers

SERIALS = count(1)
SECRETS = ("Kotakanari", "Jl. Kanari 7", "Khonghucu", "Confucian", "Cerai mati", "Widowed", "187")
"""What of :func:`whole` no employer may ever read, in both languages."""


def number() -> str:
    """Return a NIK of its own: a woman born on 17 August 1999."""
    return f"367101570899{next(SERIALS):04}"


def whole(**told: Any) -> Identity:
    """Return the second page of a card."""
    return Identity(
        **{
            "birth_place": "Kotakanari", "birth_date": date(1999, 8, 17), "gender": "P",
            "marital": "cerai_mati", "religion": "khonghucu", "address": "Jl. Kanari 7",
            "phone": "0812 9999 0000", "height": 187, "weight": 88,
            "schools": [
                {"level": 31, "school": "SMKN 2", "since": 2014, "year": 2017, "grade": "8,4"}
            ],
            "training": ["Las dasar"], **told,
        }
    )  # fmt: skip


def told(**given: Any) -> dict[str, Any]:
    """Return what the form tells."""
    return {
        "name": "Dewi Lestari", "nik": number(), "district": None, "education": Education.SMK,
        "identity": whole(), **given,
    }  # fmt: skip


def picture(name: str = "foto.jpg", size: tuple[int, int] = (90, 120)) -> SimpleUploadedFile:
    """Return a small real JPEG."""
    buffer = BytesIO()
    Image.new("RGB", size, "#557799").save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def applied(user: Any, *, photos: bool = False, now: datetime | None = None, **given: Any) -> Card:
    """Return an application for a card."""
    for slot in papers.NEEDED if photos else ():
        papers.put(user=user, slot=slot, upload=picture())
    return cards.apply(user=user, told=told(**given), now=now)


def issued(user: Any, officer: Any, *, now: datetime | None = None, **given: Any) -> Card:
    """Return an issued card."""
    row = moving.move("check", applied(user, now=now, **given), by=officer, now=now)
    return cards.issue(card=row, by=officer, now=now)
