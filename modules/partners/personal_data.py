"""What partners keep about a person, for that person (UU PDP 27/2022, article 7)."""

from typing import Any

from balai.accounts.models import User
from modules.partners.models import Access, Message, Seat, Share


def export(user: User) -> dict[str, Any]:
    """Return where a person works, and how often they shared, wrote and opened cases."""
    seats = Seat.objects.filter(user=user).select_related("partner")
    return {
        "works_for": [
            {"institution": seat.partner.name, "since": seat.since.isoformat()} for seat in seats
        ],
        "cases_shared": Share.objects.filter(proposed_by=user).count(),
        "steps_and_messages": Message.objects.filter(actor=user).count(),
        "openings": Access.objects.filter(actor=user).count(),
    }
