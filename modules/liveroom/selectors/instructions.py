"""Read instructions: who sees which, how many wait on which side, what happened to one."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from balai.accounts.members.selectors import current
from balai.accounts.models import User
from balai.accounts.scope import roles_with
from balai.directory.models import Agency
from modules.liveroom.models import Instruction, InstructionStep
from modules.liveroom.rights import ANSWER, LOOK
from modules.liveroom.states import AT_HEAD, OPEN, State

TABS: Final = ("late", "open", "answered", "ended")
"""What the list can show; "open" is everything that has not ended."""


def reach(user: Any) -> QuerySet[Instruction]:
    """Return the instructions somebody sees: all for the live room, a head those of the agency."""
    rows = Instruction.objects.select_related("agency", "given_by")
    if user.has_perm(LOOK):
        return rows
    scope = user.agencies_for(ANSWER)
    return rows if scope.all_agencies else rows.filter(agency__in=scope.ids)


def counts(rows: QuerySet[Instruction]) -> dict[str, int]:
    """Return how many each tab holds; one query."""
    wanted = {tab: Count("pk", filter=condition(tab)) for tab in TABS}
    return dict(rows.order_by().aggregate(**wanted))


def condition(tab: str) -> Q:
    """Return what a tab keeps; lateness is read from the day."""
    if tab == "late":
        return Q(state__in=AT_HEAD, due_on__lt=timezone.localdate())
    if tab == "answered":
        return Q(state=State.ANSWERED)
    if tab == "ended":
        return ~Q(state__in=OPEN)
    return Q(state__in=OPEN)


def listed(user: Any, tab: str, query: str = "") -> QuerySet[Instruction]:
    """Return a tab's instructions: open ones by their day, ended ones the newest first."""
    rows = reach(user).filter(condition(tab))
    if query:
        words = Q(text__icontains=query) | Q(number__icontains=query)
        rows = rows.filter(words | Q(agency__name__icontains=query))
    return rows.order_by("-id") if tab == "ended" else rows.order_by("due_on", "id")


def find(user: Any, reference: UUID) -> Instruction | None:
    """Return one that somebody sees, or None."""
    return reach(user).filter(uuid=reference).first()


def about(user: Any, *, agency: Agency | None = None, reference: str = "") -> list[Instruction]:
    """Return the instructions about a case, or the open ones to an agency; one query."""
    rows = reach(user)
    if reference:
        return list(rows.filter(reference=reference))
    return list(rows.filter(agency=agency, state__in=OPEN).order_by("due_on", "id"))


def steps(row: Instruction) -> list[InstructionStep]:
    """Return what happened to it, the oldest first; one query."""
    return list(row.steps.select_related("actor"))


def answers(user: Any, row: Instruction) -> bool:
    """Tell whether somebody is a head to whom the instruction goes."""
    return bool(user.agencies_for(ANSWER).covers(row.agency_id))


def heads(agency: Agency) -> list[User]:
    """Return those who may answer for an agency: its own heads and those of what it is part of."""
    above, at = [agency.pk], agency.parent_id
    while at is not None and at not in above:
        above.append(at)
        at = Agency.objects.values_list("parent_id", flat=True).get(pk=at)
    held = current().filter(role__in=roles_with(ANSWER))
    held = held.filter(Q(agency__in=above) | Q(agency=None))
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def waiting() -> tuple[int, int]:
    """Return how many are open and how many of them late, of the whole region; one query."""
    found = counts(Instruction.objects.all())
    return found["open"], found["late"]
