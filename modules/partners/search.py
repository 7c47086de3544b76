"""What the site's search finds: shares by the case's number or the partner's own."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from balai.home.search import SearchHit
from modules.partners.selectors import reach, shares


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield the shares within somebody's reach, newest first; citizens find none."""
    if not user.is_authenticated or not user.has_perm("partners.access_desk"):
        return
    for row in shares.search(reach.of_user(user), query, limit):
        text = f"{row.cooperation.partner.short_name}, {row.status.label}"
        url = reverse("partners_desk:share", args=[row.uuid])
        yield SearchHit(row.number, url, text, row.status.icon, row.created_at)
