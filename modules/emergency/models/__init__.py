"""The tables of the emergency centre and of public alerts."""

from modules.emergency.models.alert import Alert, Feed, FeedItem
from modules.emergency.models.call import Call, Draft
from modules.emergency.models.category import Category, Outcome
from modules.emergency.models.incident import Counter, Incident, Stamp
from modules.emergency.models.seal import SealAccess
from modules.emergency.models.transfer import Transfer
from modules.emergency.models.unit import Leg, Shift, Unit

__all__ = [
    "Alert",
    "Call",
    "Category",
    "Counter",
    "Draft",
    "Feed",
    "FeedItem",
    "Incident",
    "Leg",
    "Outcome",
    "SealAccess",
    "Shift",
    "Stamp",
    "Transfer",
    "Unit",
]
