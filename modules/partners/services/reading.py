"""Opening a case on the partner's side: its fields are read where they are, and it is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balai import audit
from modules.partners import sources
from modules.partners.models import Access, Share
from modules.partners.sources import Detail, Facts
from modules.partners.states import READABLE

if TYPE_CHECKING:
    from balai.accounts.models import User

PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a partner reads of a case now; nothing of one that has ended or cannot be read."""

    facts: Facts | None = None
    details: Sequence[Detail] = ()
    photos: Sequence[UUID] = ()


@transaction.atomic
def read(
    *, share: Share, via: str, by: "User | None" = None, now: datetime | None = None
) -> Opened:
    """Return the fields of a case that were agreed on, and note who opened it.

    The caller has found ``share`` through :mod:`selectors.reach` or a good link.
    """
    opened = look(share)
    if opened.facts is not None:
        note(share=share, via=via, what="case", by=by, now=now)
    return opened


def look(share: Share) -> Opened:
    """Return the same without a note."""
    source = sources.get(share.source)
    if source is None or share.state not in READABLE:
        return Opened()
    facts = source.case(share.case)
    if facts is None:
        return Opened()
    details = source.contract.case_details(share.case, share.fields)
    shown = source.contract.case_photos(share.case) if PHOTOS in share.fields else ()
    return Opened(facts, details, shown)


def note(
    *, share: Share, via: str, what: str, by: "User | None" = None, now: datetime | None = None
) -> None:
    """Remember that somebody on the partner's side saw a case, or a photo of it.

    A sealed case's reading goes into the audit log as well.
    """
    Access.objects.create(
        share=share, via=via, what=what, actor=by, fields=share.fields, at=now or timezone.now()
    )
    if share.sealed:
        audit.record(action="partners.sealed_read", target=str(share.uuid), after={"via": via})
