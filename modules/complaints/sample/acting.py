"""How each step of a sample report is carried out: by the same services as a real one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile

from balai.accounts.models import Membership
from balai.directory.models import Agency
from modules.complaints import conf, services
from modules.complaints.models import Complaint

if TYPE_CHECKING:
    from balai.accounts.models import User

WORK = ("verify", "accept", "resolve")
PATHS: Mapping[str, tuple[str, ...]] = {
    "received": (),
    "need_info": ("ask_info",),
    "rejected": ("reject",),
    "dispositioned": WORK[:1],
    "in_progress": WORK[:2],
    "resolved": WORK,
    "closed": (*WORK, "confirm"),
    "reopened": (*WORK, "reopen"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Who acts, when, and what is said."""

    agency: Agency
    by: "User"
    note: str
    photos: "Sequence[UploadedFile[Any]]"
    now: datetime


def first_admin() -> "User | None":
    """Return the region's first admin; without one samples stay as they came in."""
    held = Membership.objects.filter(role="admin", user__is_active=True).select_related("user")
    first = held.order_by("id").first()
    return first.user if first else None


def path(end: str) -> tuple[str, ...]:
    """Return the steps to a state; where a second person checks evidence it stops before that."""
    steps = PATHS[end]
    return tuple(step for step in steps if step in WORK[:3]) if conf.current().four_eyes else steps


def _verify(report: Complaint, part: Part) -> Complaint:
    ruling = services.Ruling(agency=part.agency, category=report.category, title=report.title)
    return services.verify_and_route(complaint=report, ruling=ruling, by=part.by, now=part.now)


def _resolve(report: Complaint, part: Part) -> Complaint:
    return services.resolve(
        complaint=report, text=part.note or "Sudah dikerjakan dan diperiksa di lokasi.",
        photos=part.photos, by=part.by, now=part.now,
    )  # fmt: skip


STEPS: Mapping[str, Callable[[Complaint, Part], Complaint]] = {
    "verify": _verify,
    "accept": lambda report, part: services.accept(complaint=report, by=part.by, now=part.now),
    "resolve": _resolve,
    "ask_info": lambda report, part: services.ask_info(
        complaint=report, question=part.note, by=part.by, now=part.now
    ),
    "reject": lambda report, part: services.reject(
        complaint=report, reason=part.note, by=part.by, now=part.now
    ),
    "confirm": lambda report, part: services.confirm(complaint=report, now=part.now),
    "reopen": lambda report, part: services.reopen(
        complaint=report, reason=part.note, now=part.now
    ),
}
