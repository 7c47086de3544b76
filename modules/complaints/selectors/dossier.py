"""The facts of a case for the Ombudsman: what happened, and who was responsible when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from modules.complaints.models import Complaint, Contact, Entry, Photo
from modules.complaints.selectors import case
from modules.complaints.states import State

AT_THE_COORDINATOR = (State.RECEIVED, State.NEED_INFO)


@dataclass(frozen=True, slots=True)
class Spell:
    """From when until when somebody was responsible; ``end`` is None while they still are."""

    who: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the dossier tells. ``contact`` is None without the reporter's consent."""

    complaint: Complaint
    entries: list[Entry]
    spells: list[Spell]
    photos: list[Photo]
    contact: Contact | None
    named: bool


def facts(complaint: Complaint) -> Facts:
    """Collect the dossier of a report.

    The reporter is named only with consent, and never when the report was sent without a name.
    Internal notes stay inside; what reporter and officers wrote to each other is told.
    """
    consented = complaint.dossier_consent_at is not None
    named = consented and complaint.identity != Complaint.Identity.ANONYMOUS
    entries = case.entries(complaint, case.REPORTER)
    return Facts(
        complaint=complaint,
        entries=entries,
        spells=list(spells(entries)),
        photos=case.photos(complaint, approved_only=False),
        contact=case.contact(complaint) if named else None,
        named=named,
    )


def spells(entries: Iterable[Entry]) -> Iterable[Spell]:
    """Yield who was responsible when, in order; moves that change nobody make no new spell."""
    who, start = "", None
    for entry in entries:
        now = _responsible(entry)
        if not now or now == who:
            continue
        if start is not None:
            yield Spell(who, start, entry.at)
        who, start = now, entry.at
    if start is not None:
        yield Spell(who, start, None)


def _responsible(entry: Entry) -> str:
    if not entry.to_state:
        return ""
    if entry.to_state in AT_THE_COORDINATOR:
        return _("Coordinator")
    if entry.to_state == State.TRANSFERRED_OUT:
        return _("The other authority")
    return entry.agency.name if entry.agency else ""
