"""Which offices a person holds, by what the directory says (UU PDP 27/2022, articles 7 and 43)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.directory.models import OfficeHolder
from balai.privacy.person import Person
from balai.privacy.subjects import Kept

TITLE: Final = _("Offices you hold")


def collect(person: Person) -> list[dict[str, Any]]:
    """Return the offices under the person's name."""
    if person.user is None:
        return []
    rows = OfficeHolder.objects.filter(user_uuid=person.user.uuid).select_related("agency")
    return [
        {
            "office": row.agency.name if row.agency else None,
            "title": row.title,
            "name": row.name,
        }
        for row in rows
    ]


def erase(person: Person, now: datetime) -> list[Kept]:
    """Untie the account; who holds a public office stays public while they hold it."""
    if person.user is None:
        return []
    held = OfficeHolder.objects.filter(user_uuid=person.user.uuid).update(user_uuid=None)
    return [
        Kept(
            _("Your name as an office-holder"),
            _("Who holds a public office is public information (UU 14/2008)."),
            ("directory_officeholder",),
            held,
        )
    ]
