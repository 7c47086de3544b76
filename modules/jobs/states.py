"""The states of an employer, a vacancy, an application, a card and a place; how each one looks."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class EmployerState(TextChoices):
    """Whether somebody may post vacancies."""

    PENDING = "pending", pgettext_lazy("employer", "Being checked")
    RETURNED = "returned", pgettext_lazy("employer", "To be corrected")
    VERIFIED = "verified", pgettext_lazy("employer", "Verified")
    SUSPENDED = "suspended", pgettext_lazy("employer", "Suspended")


class VacancyState(TextChoices):
    """Where a vacancy stands."""

    DRAFT = "draft", pgettext_lazy("vacancy", "Draft")
    REVIEW = "review", pgettext_lazy("vacancy", "Being reviewed")
    OPEN = "open", pgettext_lazy("vacancy", "Open")
    PAUSED = "paused", pgettext_lazy("vacancy", "Paused")
    FILLED = "filled", pgettext_lazy("vacancy", "Filled")
    EXPIRED = "expired", pgettext_lazy("vacancy", "Closed")
    REPORTED = "reported", pgettext_lazy("vacancy", "Outcome reported")


class ApplicationState(TextChoices):
    """Where an application stands."""

    SENT = "sent", pgettext_lazy("application", "Sent")
    SEEN = "seen", pgettext_lazy("application", "Seen")
    SHORTLISTED = "shortlisted", pgettext_lazy("application", "Shortlisted")
    INTERVIEW = "interview", pgettext_lazy("application", "Interview")
    OFFERED = "offered", pgettext_lazy("application", "Offer made")
    HIRED = "hired", pgettext_lazy("application", "Hired")
    REJECTED = "rejected", pgettext_lazy("application", "Not chosen")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


class CardState(TextChoices):
    """Where an AK/I card stands; "report due" is read from its dates, not stored."""

    APPLIED = "applied", pgettext_lazy("card", "Being checked")
    RETURNED = "returned", pgettext_lazy("card", "To be corrected")
    CHECKED = "checked", pgettext_lazy("card", "Checked")
    ISSUED = "issued", pgettext_lazy("card", "Valid")
    EMPLOYED = "employed", pgettext_lazy("card", "Found work")
    EXPIRED = "expired", pgettext_lazy("card", "Expired")


class Standing(TextChoices):
    """What an issued card is worth to whoever reads its QR code."""

    VALID = "valid", pgettext_lazy("card", "Valid")
    EXPIRED = "expired", pgettext_lazy("card", "Expired")
    EMPLOYED = "employed", pgettext_lazy("card", "Found work")


class SeatState(TextChoices):
    """What became of a place at a fair's session or in a training class."""

    HELD = "held", pgettext_lazy("seat", "Reserved")
    ACCEPTED = "accepted", pgettext_lazy("seat", "Accepted")
    ARRIVED = "arrived", pgettext_lazy("seat", "Came")
    PASSED = "passed", pgettext_lazy("seat", "Passed")
    REFUSED = "refused", pgettext_lazy("seat", "Refused")
    CANCELLED = "cancelled", pgettext_lazy("seat", "Cancelled")


_LOOKS: dict[type[TextChoices], dict[str, tuple[str, str]]] = {
    EmployerState: {
        EmployerState.PENDING: ("amber", "clock"),
        EmployerState.RETURNED: ("red", "pencil"),
        EmployerState.VERIFIED: ("green", "badge-check"),
        EmployerState.SUSPENDED: ("grey", "ban"),
    },
    VacancyState: {
        VacancyState.DRAFT: ("grey", "pencil"),
        VacancyState.REVIEW: ("amber", "clock"),
        VacancyState.OPEN: ("green", "briefcase"),
        VacancyState.PAUSED: ("grey", "circle-pause"),
        VacancyState.FILLED: ("blue", "users"),
        VacancyState.EXPIRED: ("red", "calendar-x"),
        VacancyState.REPORTED: ("grey", "clipboard-check"),
    },
    ApplicationState: {
        ApplicationState.SENT: ("amber", "send"),
        ApplicationState.SEEN: ("amber", "eye"),
        ApplicationState.SHORTLISTED: ("blue", "list-checks"),
        ApplicationState.INTERVIEW: ("blue", "calendar"),
        ApplicationState.OFFERED: ("green", "handshake"),
        ApplicationState.HIRED: ("green", "badge-check"),
        ApplicationState.REJECTED: ("grey", "circle-x"),
        ApplicationState.WITHDRAWN: ("grey", "undo-2"),
    },
    CardState: {
        CardState.APPLIED: ("amber", "clock"),
        CardState.RETURNED: ("red", "pencil"),
        CardState.CHECKED: ("amber", "check"),
        CardState.ISSUED: ("green", "badge-check"),
        CardState.EMPLOYED: ("blue", "briefcase"),
        CardState.EXPIRED: ("grey", "calendar-x"),
    },
    Standing: {
        Standing.VALID: ("green", "badge-check"),
        Standing.EXPIRED: ("red", "calendar-x"),
        Standing.EMPLOYED: ("blue", "briefcase"),
    },
    SeatState: {
        SeatState.HELD: ("amber", "ticket"),
        SeatState.ACCEPTED: ("green", "circle-check"),
        SeatState.ARRIVED: ("green", "badge-check"),
        SeatState.PASSED: ("green", "graduation-cap"),
        SeatState.REFUSED: ("grey", "circle-x"),
        SeatState.CANCELLED: ("grey", "undo-2"),
    },
}


def status(state: TextChoices) -> Status:
    """Return how a state looks; two machines may use one word for different things."""
    colour, icon = _LOOKS[type(state)][state.value]
    return Status(colour, icon, state.label)


LIVE_CARDS = (CardState.APPLIED, CardState.RETURNED, CardState.CHECKED, CardState.ISSUED)
"""Nobody has two of these."""
LIVE = (VacancyState.OPEN, VacancyState.PAUSED)
"""Applicants of such a vacancy can still be chosen from the employer's own pages."""
ENDED = (VacancyState.FILLED, VacancyState.EXPIRED)
"""Over, and the outcome not reported yet."""
UNDECIDED = (
    ApplicationState.SENT,
    ApplicationState.SEEN,
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
)
DECIDED = (ApplicationState.HIRED, ApplicationState.REJECTED, ApplicationState.WITHDRAWN)
