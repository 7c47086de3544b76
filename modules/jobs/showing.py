"""A vacancy as programs read it: the API, open data, webhooks. Codes, not words of a language."""

from typing import Final

from django.urls import reverse

from balai import context
from modules.jobs.choices import Education
from modules.jobs.models import Vacancy

FIELDS: Final = (
    "uuid", "number", "title", "employer", "sector", "occupation", "type", "workplace", "people",
    "education", "experience_years", "pay_min", "pay_max", "pay_period", "district",
    "disability_welcome", "published_at", "valid_until", "url",
)  # fmt: skip


def facts(row: Vacancy) -> dict[str, object]:
    """Return :data:`FIELDS` of a vacancy; ``district`` is the official code of the kecamatan."""
    return {
        "uuid": str(row.uuid),
        "number": row.number,
        "title": row.title,
        "employer": row.employer.name,
        "sector": row.employer.sector,
        "occupation": row.occupation,
        "type": row.type,
        "workplace": row.workplace,
        "people": row.headcount,
        "education": Education(row.education).name,
        "experience_years": row.experience_years,
        "pay_min": row.pay_min,
        "pay_max": row.pay_max,
        "pay_period": row.pay_period,
        "district": row.district.code if row.district else None,
        "disability_welcome": row.disability_welcome,
        "published_at": row.published_at.isoformat() if row.published_at else None,
        "valid_until": row.valid_until.isoformat(),
        "url": address(row),
    }


def address(row: Vacancy) -> str:
    """Return the full address of a vacancy's page."""
    page = reverse("jobs:detail", args=[row.uuid], urlconf="balai.urls_region")
    return f"{context.current_region().base_url}{page}"
