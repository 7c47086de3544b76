"""The outbox topics of reports; all carry ids only."""

from modules.complaints.workflow import MOVES

REPORT = "complaints.report"
STAFF_WROTE = "complaints.staff_wrote"
REPORTER_WROTE = "complaints.reporter_wrote"
REMINDER_DUE = "complaints.reminder_due"
MADE_SECRET = "complaints.made_secret"  # noqa: S105  # a topic, no password
PHOTOS_APPROVED = "complaints.photos_approved"
ERASED = "complaints.erased"
PHOTOS_ADDED = "complaints.photos_added"

MOVED = (REPORT, *(move.topic for move in MOVES))
"""Everything after which counts and lists look different."""
