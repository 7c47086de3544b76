"""Everything that writes. Each function is one transaction, checks rights and leaves a trace."""

from modules.complaints.services.closing import sweep
from modules.complaints.services.handling import accept, approve, refuse, resolve, send_back
from modules.complaints.services.intake import Draft, Receipt, report
from modules.complaints.services.reporting import confirm, reopen, reply
from modules.complaints.services.talking import message
from modules.complaints.services.verification import (
    Ruling,
    approve_photos,
    ask_info,
    make_secret,
    reject,
    verify_and_route,
)

__all__ = [
    "Draft",
    "Receipt",
    "Ruling",
    "accept",
    "approve",
    "approve_photos",
    "ask_info",
    "confirm",
    "make_secret",
    "message",
    "refuse",
    "reject",
    "reopen",
    "reply",
    "report",
    "resolve",
    "send_back",
    "sweep",
    "verify_and_route",
]
