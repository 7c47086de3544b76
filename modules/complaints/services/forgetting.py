"""A reporter wants to be forgotten: ended reports are emptied, the others lose who sent them.

Sources: UU PDP 27/2022, articles 43 to 45; 15 (1) b for what is on hold.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import QuerySet

from balai import audit
from balai.files.models import StoredFile
from balai.notify import subscriptions
from balai.privacy.services import holds
from modules.complaints import following
from modules.complaints.models import BulkAction, Complaint, Contact, SavedFilter
from modules.complaints.services import retention
from modules.complaints.services.moving import locked
from modules.complaints.services.photos import PURPOSE
from modules.complaints.states import State

if TYPE_CHECKING:
    from balai.accounts.models import User

ENDED: Final = frozenset({State.CLOSED, State.REJECTED, State.DUPLICATE})
HELD_TABLES: Final = (
    "complaints_complaint", "complaints_contact", "complaints_entry", "complaints_photo",
    "files_storedfile",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """How many reports were emptied, go on without a name, or must not be touched."""

    emptied: int
    working: int
    held: int


@transaction.atomic
def forget(*, reports: "QuerySet[Complaint]", user: "User | None", now: datetime) -> Done:
    """Forget the reporter of ``reports``, and an officer's own filters; twice is once.

    Args:
        user: the account, None when a report was opened by number and secret.
    """
    emptied = working = 0
    on_hold = holds.held("complaints")
    rows = list(reports.order_by("pk"))
    for row in rows:
        if row.number in on_hold:
            continue
        current = locked(row)
        if current.state in ENDED:
            if current.erased_at is None:
                retention.empty(complaint=current, now=now)
            emptied += 1
        else:
            _take_name(current)
            working += 1
    if user is not None:
        SavedFilter.objects.filter(user=user).delete()
        BulkAction.objects.filter(user=user).update(values={})
    return Done(emptied, working, len(rows) - emptied - working)


def _take_name(complaint: Complaint) -> None:
    """Delete contact and tie to an account; what the problem is and what was done stay."""
    Contact.objects.filter(complaint=complaint).delete()
    subscriptions.end(following.subject(complaint.uuid), keep=None)
    StoredFile.objects.filter(owner=str(complaint.uuid), purpose__startswith=PURPOSE).update(
        created_by=None, name="photo", latitude=None, longitude=None
    )
    complaint.reporter, complaint.identity = None, Complaint.Identity.ANONYMOUS
    complaint.save(update_fields=["reporter", "identity"])
    audit.record(action="complaints.reporter_forgotten", target=complaint.number)
