"""The way to SP4N-LAPOR!, the national service: channels, and which one the region uses.

A channel only speaks; what is remembered of it is in ``services/sp4n_sending.py`` and
``services/sp4n_hearing.py``. Its failures never touch how a report is handled.
"""

from modules.complaints.sp4n.channel import (
    Heard,
    OutgoingCase,
    RemoteCase,
    RemoteStatus,
    Sp4nChannel,
    Undeliverable,
)
from modules.complaints.sp4n.chosen import Mode, channel, mode

__all__ = [
    "Heard",
    "Mode",
    "OutgoingCase",
    "RemoteCase",
    "RemoteStatus",
    "Sp4nChannel",
    "Undeliverable",
    "channel",
    "mode",
]
