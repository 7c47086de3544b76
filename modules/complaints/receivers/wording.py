"""What notices about reports have in common."""

from typing import Any

from django.urls import reverse

from balai import context
from modules.complaints.models import Complaint


def facts(report: Complaint) -> dict[str, Any]:
    """Return what every notice about a report may tell."""
    return {
        "number": report.number,
        "title": report.title,
        "agency": report.agency.name if report.agency else "",
        "due": report.due_at,
        "days": report.category.time_limit,
    }


def absolute(name: str, argument: object) -> str:
    """Return the full address of a page of this region."""
    return context.current_region().base_url + reverse(name, args=[argument])
