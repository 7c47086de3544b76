"""Pages of the public list by the last row seen, which an address names by its report."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from balai import keyset
from modules.complaints.models import Complaint
from modules.complaints.selectors import public

SIZE: Final = 20


def page(
    rows: QuerySet[Complaint],
    sort: str,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = SIZE,
) -> keyset.Page[Complaint]:
    """Return a page of ``rows`` in the order ``sort``; see :func:`balai.keyset.page`."""
    return keyset.page(rows, public.ORDERS[sort], after=after, before=before, size=size)
