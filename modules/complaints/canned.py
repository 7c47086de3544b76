"""Fill a prepared answer with a report's number, agency and date. Other braces stay as they are."""

import re

from balai.ui import formats
from modules.complaints.models import Complaint

PLACEHOLDERS = ("number", "agency", "due")
_MARK = re.compile(r"\{(number|agency|due)\}")
MISSING = "–"


def fill(text: str, complaint: Complaint) -> str:
    """Return ``text`` with {number}, {agency} and {due} filled; a dash for what is not known."""
    agency = complaint.agency.name if complaint.agency else MISSING
    due = formats.long_date(complaint.due_at) if complaint.due_at else MISSING
    known = {"number": complaint.number, "agency": agency, "due": due}
    return _MARK.sub(lambda mark: known[mark[1]], text)
