"""Reading the log."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from balai.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to show; empty parts do not restrict."""

    text: str = ""
    action: str = ""
    actor: str = ""
    since: datetime | None = None
    before: datetime | None = None


def entries(wanted: Wanted) -> QuerySet[Entry]:
    """Return the active schema's entries that fit, newest first."""
    found = Entry.objects.all()
    if wanted.text:
        found = found.filter(Q(target__icontains=wanted.text) | Q(reason__icontains=wanted.text))
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.actor:
        found = found.filter(actor_label__icontains=wanted.actor)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.before:
        found = found.filter(at__lt=wanted.before)
    return found


def actions() -> list[str]:
    """Return every action that has happened, in alphabetical order (1 query)."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())
