"""What partners keep about a person, for that person (UU PDP 27/2022, article 7)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.privacy.person import Person
from balai.privacy.subjects import Kept
from modules.partners.models import Access, Delegate, Link, Message, Seat, Share
from modules.partners.services import people

TITLE: Final = _("Work for partner institutions")


def collect(person: Person) -> dict[str, Any]:
    """Return where a person works, and how often they shared, wrote and opened cases."""
    user = person.user
    if user is None:
        return {}
    links = Link.objects.filter(email=user.email) if user.email else Link.objects.none()
    seats = Seat.objects.filter(user=user).select_related("partner")
    return {
        "works_for": [
            {"institution": seat.partner.name, "since": seat.since.isoformat()} for seat in seats
        ],
        "let_in_by_platform_account": [
            {
                "institution": row.partner.name,
                "until": row.ends_on.isoformat(),
                "last_used": row.used_at.isoformat() if row.used_at else None,
            }
            for row in Delegate.objects.filter(user=user).select_related("partner")
        ],
        "cases_shared": Share.objects.filter(proposed_by=user).count(),
        "steps_and_messages": Message.objects.filter(actor=user).count(),
        "links": [
            {"number": link.share.number, "sent_at": link.made_at.isoformat()}
            for link in links.select_related("share")
        ],
        "openings": Access.objects.filter(actor=user).count(),
    }


def erase(person: Person, now: datetime) -> list[Kept]:
    """Take the person out of institutions and end links to their address; answers stay theirs."""
    if person.user is None:
        return []
    people.forget(user=person.user.pk)
    written = Message.objects.filter(actor=person.user).count()
    if person.user.email:
        Link.objects.filter(email=person.user.email).delete()
    return [
        Kept(
            _("What you wrote for your institution about cases"),
            _("It is the institution's answer, shown with its office only (UU 25/2009)."),
            ("partners_message",),
            written,
        )
    ]
