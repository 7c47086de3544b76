"""Pages of a list by the last row seen, the newest articles first."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from balai import keyset
from modules.news.models import Article

SIZE: Final = 12
NEWEST: Final = ("-publish_at", "-id")


def page(
    rows: QuerySet[Article],
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = SIZE,
) -> keyset.Page[Article]:
    """Return a page of ``rows``, the newest first; see :func:`balai.keyset.page`."""
    return keyset.page(rows, NEWEST, after=after, before=before, size=size)
