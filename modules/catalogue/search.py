"""What the site's search finds: apps by name, agency, sentence and category."""

from collections.abc import Iterator
from typing import Any

from balai.home.search import SearchHit
from modules.catalogue.selectors import public


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield apps that the visitor may find and that hold all words."""
    for app in public.visible(user).filter(public.matching(query))[:limit]:
        text = app.summary or (app.agency.name if app.agency else app.get_category_display())
        yield SearchHit(app.name, app.get_absolute_url(), text, app.icon)
