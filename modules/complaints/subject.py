"""What reports keep about a person, by account or by number and secret (UU PDP 27/2022)."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balai.accounts.models import User
from balai.notify.models import Subscription
from balai.privacy.person import Person
from balai.privacy.subjects import Kept, Place
from modules.complaints import following, limits
from modules.complaints.models import Complaint, Contact, Entry, Photo, SavedFilter
from modules.complaints.selectors import case
from modules.complaints.services import forgetting

PART: Final = "complaints"
TITLE: Final = _("Reports")
TICKET: Final = _("A report: its number and its secret")


def collect(person: Person) -> dict[str, Any]:
    """Return the person's reports, and what officers' work left of them.

    Reports sent without a name are not tied to an account: they open with number and secret only.
    """
    own = of(person).select_related("category", "area", "district")
    rows = own.defer("area__boundary", "district__boundary").order_by("created_at", "id")
    reports = {"reports": [_report(row) for row in rows]}
    user = person.user
    if user is None:
        return reports
    return {
        **reports,
        "follows": _followed(user),
        "saved_filters": list(
            SavedFilter.objects.filter(user=user).values("name", "query").order_by("name")
        ),
        "written_as_officer": Entry.objects.filter(actor=user).count(),
    }


def erase(person: Person, now: datetime) -> list[Kept]:
    """Empty reports that have ended; take the identity out of those that are still worked on."""
    done = forgetting.forget(reports=of(person), user=person.user, now=now)
    return [
        Kept(
            _("Reports that are still worked on, without who you are"),
            _("The city must finish and answer for them (UU 25/2009); they are emptied in time."),
            ("complaints_complaint", "complaints_entry", "files_storedfile", "complaints_photo"),
            done.working,
        ),
        Kept(
            _("Reports that are evidence in a procedure"),
            _("A legal hold forbids to change them (article 15 (1) b)."),
            forgetting.HELD_TABLES,
            done.held,
        ),
    ]


def places(person: Person) -> list[Place]:
    """Return where a report is changed while that is still possible."""
    reference = person.ticket_of(PART)
    if reference is not None:
        return [Place(_("This report"), reverse("complaints:detail", args=[reference]))]
    return [Place(_("Your reports, while they are new"), reverse("complaints:mine"))]


def by_ticket(request: HttpRequest, number: str, code: str) -> UUID | None:
    """Return the report that the number and its secret open; wrong guesses are counted."""
    if limits.exhausted("track", request):
        return None
    found = case.by_number(number, code)
    if found is None:
        limits.allow("track", request)
    return found.uuid if found else None


def of(person: Person) -> QuerySet[Complaint]:
    """Return the person's reports."""
    if person.user is not None:
        return Complaint.objects.filter(reporter=person.user)
    ticket = person.ticket_of(PART)
    return Complaint.objects.filter(uuid=ticket) if ticket else Complaint.objects.none()


def _followed(user: User) -> list[str]:
    """Return the numbers of the reports that the account follows."""
    subjects = Subscription.objects.filter(user=user, subject__startswith=following.PREFIX)
    known = (following.uuid_of(name) for name in subjects.values_list("subject", flat=True))
    found = Complaint.objects.filter(uuid__in=[uuid for uuid in known if uuid])
    return list(found.order_by("number").values_list("number", flat=True))


def _report(report: Complaint) -> dict[str, Any]:
    contact = Contact.objects.filter(complaint=report).first()
    return {
        "number": report.number,
        "sent_at": report.created_at.isoformat(),
        "state": report.state,
        "kind": report.category.label_id,
        "title": report.title,
        "text": report.text,
        "place": report.place,
        "landmark": report.landmark,
        "point": [report.latitude, report.longitude] if report.latitude is not None else None,
        "identity": report.identity,
        "secret": report.secret,
        "contact": _contact(contact) if contact else None,
        "messages": [
            {"at": entry.at.isoformat(), "by": entry.author, "text": entry.text}
            for entry in case.entries(report, case.REPORTER)
            if entry.text
        ],
        "photos": [
            {"taken_at": photo.taken_at.isoformat(), "address": photo.file.url}
            for photo in Photo.objects.filter(complaint=report).select_related("file")
        ],
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "prefers": contact.prefers,
        "point": [contact.latitude, contact.longitude] if contact.latitude is not None else None,
    }
