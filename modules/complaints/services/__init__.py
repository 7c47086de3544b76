"""Everything that writes. Each function is one transaction, checks rights and leaves a trace."""

from modules.complaints.services.appealing import appeal, consent_to_dossier
from modules.complaints.services.closing import sweep
from modules.complaints.services.handling import (
    accept,
    approve,
    plan,
    refuse,
    resolve,
    send_back,
)
from modules.complaints.services.holding import ask_hold, deny_hold, grant_hold, hold, resume
from modules.complaints.services.intake import Draft, Receipt, report
from modules.complaints.services.reporting import confirm, reopen, reply
from modules.complaints.services.talking import message
from modules.complaints.services.transferring import Handover, acknowledge, take_back, transfer
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
    "Handover",
    "Receipt",
    "Ruling",
    "accept",
    "acknowledge",
    "appeal",
    "approve",
    "approve_photos",
    "ask_hold",
    "ask_info",
    "confirm",
    "consent_to_dossier",
    "deny_hold",
    "grant_hold",
    "hold",
    "make_secret",
    "message",
    "plan",
    "refuse",
    "reject",
    "reopen",
    "reply",
    "report",
    "resolve",
    "resume",
    "send_back",
    "sweep",
    "take_back",
    "transfer",
    "verify_and_route",
]
