"""What reports keep about a person with an account, for that person (UU PDP 27/2022, article 7)."""

from typing import Any

from balai.accounts.models import User
from balai.notify.models import Subscription
from modules.complaints import following
from modules.complaints.models import Complaint, Contact, Entry, Photo, SavedFilter
from modules.complaints.selectors import case


def export(user: User) -> dict[str, Any]:
    """Return the reports a person sent with their account, and what officers' work left of them.

    Reports sent without a name are not tied to an account, so nobody can find them here.
    """
    own = Complaint.objects.filter(reporter=user).select_related("category", "area", "district")
    rows = own.defer("area__boundary", "district__boundary").order_by("created_at", "id")
    return {
        "reports": [_report(row) for row in rows],
        "follows": _followed(user),
        "saved_filters": list(
            SavedFilter.objects.filter(user=user).values("name", "query").order_by("name")
        ),
        "written_as_officer": Entry.objects.filter(actor=user).count(),
    }


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
