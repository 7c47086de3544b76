"""What partners keep about a person, for that person (UU PDP 27/2022, article 7)."""

from typing import Any

from balai.accounts.models import User
from modules.partners.models import Access, Delegate, Message, Seat, Share


def export(user: User) -> dict[str, Any]:
    """Return where a person works, and how often they shared, wrote and opened cases."""
    seats = Seat.objects.filter(user=user).select_related("partner")
    return {
        "works_for": [
            {"institution": seat.partner.name, "since": seat.since.isoformat()} for seat in seats
        ],
        "let_in_by_platform_account": [
            {
                "institution": row.partner.name,
                "until": row.ends_on.isoformat(),
                "last_used": row.used_at.isoformat() if row.used_at else None,
            }
            for row in Delegate.objects.filter(user=user).select_related("partner")
        ],
        "cases_shared": Share.objects.filter(proposed_by=user).count(),
        "steps_and_messages": Message.objects.filter(actor=user).count(),
        "openings": Access.objects.filter(actor=user).count(),
    }
