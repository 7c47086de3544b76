"""What happens after something happened to a report; one file for each who is told."""

from modules.complaints.receivers import (
    agency,
    bulk,
    colleague,
    escalation,
    officers,
    partner,
    reporter,
)

__all__ = ["agency", "bulk", "colleague", "escalation", "officers", "partner", "reporter"]
