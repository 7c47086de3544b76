"""The tables of reports."""

from modules.complaints.models.category import Category
from modules.complaints.models.desk import BulkAction, CannedReply, HoldRequest, SavedFilter
from modules.complaints.models.history import Entry
from modules.complaints.models.outside import Exchange, OutsideCase
from modules.complaints.models.photo import Audit, Capture, Flag, Photo
from modules.complaints.models.remote import RemotePhoto
from modules.complaints.models.report import Complaint, Contact, Counter
from modules.complaints.models.routing import RoutingRule

__all__ = [
    "Audit",
    "BulkAction",
    "CannedReply",
    "Capture",
    "Category",
    "Complaint",
    "Contact",
    "Counter",
    "Entry",
    "Exchange",
    "Flag",
    "HoldRequest",
    "OutsideCase",
    "Photo",
    "RemotePhoto",
    "RoutingRule",
    "SavedFilter",
]
