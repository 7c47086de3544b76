"""The specimen in the region's search."""

from typing import Any

from balai.home.search import SearchHit
from tests.dummy.specimen import selectors


def search(query: str, user: Any, limit: int) -> list[SearchHit]:
    """Return notes that contain the words."""
    found = selectors.notes().filter(text__icontains=query)[:limit]
    return [
        SearchHit(title=note.text, url=f"/specimen/{note.uuid}/", kind="Notes") for note in found
    ]
