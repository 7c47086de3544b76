"""The tables of notifications."""

from balai.notify.models.message import Message, Status
from balai.notify.models.subscription import PushDevice, Subscription

__all__ = ["Message", "PushDevice", "Status", "Subscription"]
