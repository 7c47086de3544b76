"""A region's life: its states, and which may follow which."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a region is in its life (design.md section 8)."""

    REQUESTED = "requested", _("Requested")
    BUILDING = "building", _("Being built")
    SANDBOX = "sandbox", _("Sandbox")
    ACTIVE = "active", _("Active")
    PAST_DUE = "past_due", _("Payment overdue")
    RESTRICTED = "restricted", _("Restricted")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")


NEXT: Final[dict[str, frozenset[str]]] = {
    State.REQUESTED: frozenset({State.BUILDING, State.CLOSED}),
    State.BUILDING: frozenset({State.SANDBOX, State.ACTIVE, State.CLOSED}),
    State.SANDBOX: frozenset({State.ACTIVE, State.CLOSING}),
    State.ACTIVE: frozenset({State.PAST_DUE, State.CLOSING}),
    State.PAST_DUE: frozenset({State.ACTIVE, State.RESTRICTED, State.CLOSING}),
    State.RESTRICTED: frozenset({State.ACTIVE, State.CLOSING}),
    # Taken back: a sandbox goes on as one, and who owed money owes it still.
    State.CLOSING: frozenset({State.SANDBOX, State.ACTIVE, State.CLOSED}),
    State.CLOSED: frozenset(),
}

# Money never switches a region's pages off: past due and restricted ones are served.
SERVED: Final = frozenset({State.SANDBOX, State.ACTIVE, State.PAST_DUE, State.RESTRICTED})
# Regions that are answered, and that scheduled work runs in. What stops: ``balai.endpoints``.
WORKING: Final = SERVED | {State.CLOSING}
