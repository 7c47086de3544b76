"""Reports and kinds of problems in the words of GeoReport v2; nothing of a reporter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import context
from modules.complaints import history
from modules.complaints.models import Category, Complaint, Entry, Photo
from modules.complaints.open311.rendering import Value
from modules.complaints.selectors import happenings, public
from modules.complaints.states import OPEN, State

OPEN_STATES: Final = (*OPEN, State.TRANSFERRED_OUT)
"""Reported and not yet resolved; passed on to another authority is not resolved either."""

Fields = dict[str, Value]
LANDMARK, KIND = "landmark", "kind"
KINDS: Final = (
    Complaint.Kind.COMPLAINT, Complaint.Kind.ASPIRATION, Complaint.Kind.INFORMATION,
)  # fmt: skip


def service(category: Category, group: Category) -> Fields:
    """Return a kind of problem as a service."""
    agency = category.agency.name if category.agency else context.current_region().name
    told = {"label": category.label, "agency": agency, "days": category.time_limit}
    return {
        "service_code": category.slug,
        "service_name": category.label,
        "description": _("%(label)s. %(agency)s has %(days)s working days for it.") % told,
        "metadata": True,
        "type": "realtime",
        "keywords": ", ".join(dict.fromkeys([category.label, group.label])),
        "group": group.label,
    }


def definition(category: Category) -> Fields:
    """Return what may be told besides of a kind of problem."""
    kinds = [{"key": kind.value, "name": str(kind.label)} for kind in KINDS]
    return {
        "service_code": category.slug,
        "attributes": [
            _attribute(LANDMARK, "string", 1, _("A place nearby that everybody knows."), []),
            _attribute(KIND, "singlevaluelist", 2, _("What do you want to tell?"), kinds),
        ],
    }


def _attribute(
    code: str, datatype: str, order: int, description: str, values: Sequence[Value]
) -> Fields:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": description,
        "values": values,
    }


def requests(rows: Sequence[Complaint]) -> list[Fields]:
    """Return public reports; two queries besides, for their last news and their photos."""
    news, photos = happenings.latest(rows), public.cover_photos(list(rows))
    return [_request(row, news.get(row.pk), photos.get(row.pk)) for row in rows]


def _request(report: Complaint, last: Entry | None, photo: Photo | None) -> Fields:
    still_open = report.state in OPEN_STATES
    ended = None if still_open else report.closed_at or report.resolved_at
    return {
        "service_request_id": report.number,
        "status": "open" if still_open else "closed",
        "status_notes": _notes(last),
        "service_name": report.category.label,
        "service_code": report.category.slug,
        "description": report.text,
        "agency_responsible": report.agency.name if report.agency else None,
        "service_notice": None,
        "requested_datetime": moment(report.created_at),
        "updated_datetime": moment(ended or (last.at if last else report.created_at)),
        "expected_datetime": moment(report.due_at) if still_open else None,
        "address": ", ".join(part for part in (report.landmark, report.place) if part) or None,
        "address_id": report.area.code if report.area else None,
        "zipcode": None,
        "lat": report.latitude,
        "long": report.longitude,
        "media_url": photo_url(photo) if photo else None,
    }


def update(entry: Entry) -> Fields:
    """Return a public line of a history, as FixMyStreet's extension wants it."""
    return {
        "update_id": str(entry.pk),
        "service_request_id": entry.complaint.number,
        "status": "OPEN" if (entry.to_state or entry.complaint.state) in OPEN_STATES else "CLOSED",
        "updated_datetime": moment(entry.at),
        "description": _notes(entry),
        "media_url": None,
    }


def moment(value: datetime | None) -> str | None:
    """Return an ISO 8601 time with the region's offset, to the second."""
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None


def photo_url(photo: Photo) -> str:
    """Return an address that outsiders may fetch: of an approved photo of a public report."""
    path = reverse("files:media", args=[photo.file.uuid, "large"])
    return f"{context.current_region().base_url}{path}"


def _notes(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    words = history.title(entry)
    told = entry.text if entry.audience == Entry.Audience.PUBLIC else ""
    return f"{words}: {told}" if told else words
