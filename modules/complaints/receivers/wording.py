"""What notices about reports have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from balai import context, notify
from modules.complaints.models import Complaint
from modules.complaints.selectors.staff import Addressee


def facts(report: Complaint) -> dict[str, Any]:
    """Return what every notice about a report may tell."""
    return {
        "number": report.number,
        "title": report.title,
        "agency": report.agency.name if report.agency else "",
        "due": report.due_at,
        "days": report.category.time_limit,
        "planned": report.planned_for,
        "until": report.hold_until,
        "recipient": report.recipient,
    }


def absolute(name: str, *arguments: object) -> str:
    """Return the full address of a page of this region."""
    return context.current_region().base_url + reverse(name, args=arguments)


def write_all(
    to: Iterable[Addressee], notice: str, told: Mapping[str, Any], dedupe_key: str
) -> None:
    """Write one notice to several people, once to each, in the language of each."""
    for addressee in to:
        notify.send(
            template=f"complaints/{notice}",
            to=addressee.to,
            context=told,
            dedupe_key=f"{dedupe_key}:{addressee.key}",
        )
