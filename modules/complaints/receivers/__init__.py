"""What happens after something happened to a report; one file for each who is told."""

from modules.complaints.receivers import (
    agency,
    audits,
    bulk,
    colleague,
    duplicates,
    escalation,
    followers,
    officers,
    partner,
    remote_photos,
    reporter,
    sp4n,
)

__all__ = [
    "agency",
    "audits",
    "bulk",
    "colleague",
    "duplicates",
    "escalation",
    "followers",
    "officers",
    "partner",
    "remote_photos",
    "reporter",
    "sp4n",
]
