"""What is told when time runs out: officers of what waits, employers of an outcome they owe."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.modules import EventData, receiver
from balai.workcal import clocks
from modules.jobs.models import Card, Employer, Vacancy
from modules.jobs.receivers.wording import absolute, people_of, write
from modules.jobs.states import ENDED, CardState, EmployerState, VacancyState

OFFICER_ROLE = "placement_officer"
KINDS: Final[dict[str, Any]] = {
    "jobs.employer": Employer,
    "jobs.vacancy": Vacancy,
    "jobs.card": Card,
}


@receiver("jobs.employer_due")
def employer_late(event: EventData) -> None:
    """Tell the officers that an employer has waited for longer than promised."""
    row = Employer.objects.filter(uuid=event.key, state=EmployerState.PENDING).first()
    if row is None or row.sample or not _still(event):
        return
    told = {"what": "employer", "title": row.name, "url": absolute("jobs_desk:employer", row.uuid)}
    write(officers(), "late", told, f"jobs.late:{event.id}")


@receiver("jobs.vacancy_half", "jobs.vacancy_due")
def vacancy_late(event: EventData) -> None:
    """Tell the officers of a late review; remind the employer of an outcome, then of its price."""
    row = Vacancy.objects.filter(uuid=event.key).select_related("employer").first()
    if row is None or row.sample or not _still(event):
        return
    over = event.topic == "jobs.vacancy_due"
    told: dict[str, Any]
    if row.state == VacancyState.REVIEW and over:
        told = {"what": "vacancy", "title": row.title,
                "url": absolute("jobs_desk:vacancy", row.uuid)}  # fmt: skip
        write(officers(), "late", told, f"jobs.late:{event.id}")
    elif row.state in ENDED:
        told = {
            "title": row.title, "due": row.due_at, "over": over,
            "url": absolute("jobs:outcome", row.uuid),
        }  # fmt: skip
        write(people_of(row.employer), "outcome", told, f"jobs.outcome:{event.id}")


@receiver("jobs.card_due")
def card_late(event: EventData) -> None:
    """Tell the officers that a seeker waits for a card; the letter names nobody."""
    row = Card.objects.filter(uuid=event.key).first()
    waiting = row is not None and row.state in (CardState.APPLIED, CardState.CHECKED)
    if row is None or row.sample or not waiting or not _still(event):
        return
    told = {"what": "card", "title": "", "url": absolute("jobs_desk:card", row.uuid)}
    write(officers(), "late", told, f"jobs.late:{event.id}")


@receiver(*(f"{kind}_moved" for kind in KINDS))
def follow(event: EventData) -> None:
    """Take over a deadline that the calendar has moved."""
    kind = event.topic.removesuffix("_moved")
    clock = clocks.of(kind, UUID(event.key))
    if clock is not None and clock.stopped_at is None:
        KINDS[kind].objects.filter(uuid=event.key, due_at__isnull=False).update(due_at=clock.due_at)


def officers() -> list[User]:
    """Return the placement officers; a region that has none yet is written to at its admins."""
    current = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    for role in (OFFICER_ROLE, "admin"):
        held = Membership.objects.filter(current, role=role)
        found = list(User.objects.filter(is_active=True, pk__in=held.values("user_id")))
        if found:
            return sorted(found, key=lambda user: user.pk)
    return []


def _still(event: EventData) -> bool:
    """Tell whether the clock that ran out is the one that runs now, and not an earlier run."""
    clock = clocks.of(event.topic.rpartition("_")[0], UUID(event.key))
    started = event.payload.get("started")
    return (
        clock is not None
        and clock.stopped_at is None
        and int(clock.started_at.timestamp() * 1_000_000) == started
    )
