"""The tables of partners."""

from modules.partners.models.delegate import Delegate
from modules.partners.models.partner import Cooperation, Partner, Seat, SharingRule
from modules.partners.models.share import Access, Link, Message, Share

__all__ = [
    "Access",
    "Cooperation",
    "Delegate",
    "Link",
    "Message",
    "Partner",
    "Seat",
    "Share",
    "SharingRule",
]
