"""What the site's search finds: agencies, programmes and activities with their money."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from balai.home.search import SearchHit
from balai.ui import formats
from modules.budget import links, money
from modules.budget.selectors import finding
from modules.budget.selectors.shown import choose


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield the largest headings of the newest published state that hold all words."""
    shown = choose()
    if shown is None:
        return
    found = finding.find(shown.snapshot, query, limit)
    for part in sorted(found, key=lambda one: -one.figures.revised)[:limit]:
        words = {
            "kind": part.kind.label, "money": money.short(part.figures.revised),
            "share": formats.percent(part.figures.share or 0), "year": shown.snapshot.year,
        }  # fmt: skip
        text = _("%(kind)s, %(money)s in %(year)s, %(share)s realised") % words
        yield SearchHit(part.heading.label, links.of_part(part, shown), text, "landmark")
