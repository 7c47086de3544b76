"""What stored photos hold about who sent them (UU PDP 27/2022, articles 7 and 43)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.files.models import StoredFile
from balai.privacy.person import Person
from balai.privacy.subjects import Kept

TITLE: Final = _("Photos you sent")
NAMELESS: Final = "photo"


def collect(person: Person) -> list[dict[str, Any]]:
    """Return each photo's own name, place and time; the pictures are behind their addresses."""
    rows = StoredFile.objects.filter(created_by=person.user) if person.user else []
    return [
        {
            "address": row.url, "name": row.name, "sent_at": row.created_at.isoformat(),
            "taken_at": row.taken_at.isoformat() if row.taken_at else None,
            "point": [row.latitude, row.longitude] if row.latitude is not None else None,
        }
        for row in rows
    ]  # fmt: skip


def erase(person: Person, now: datetime) -> list[Kept]:
    """Take the sender, the file's own name and where it was taken away; owners delete the rest."""
    if person.user is not None:
        StoredFile.objects.filter(created_by=person.user).update(
            created_by=None, name=NAMELESS, latitude=None, longitude=None
        )
    return []
