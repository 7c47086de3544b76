"""What the site's search finds: articles that are out, the best first."""

from collections.abc import Iterator
from typing import Any

from balai.home.search import SearchHit
from modules.news.selectors import public


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield hits of some words."""
    for article in public.search(query, limit):
        text = f"{article.look.label}: {article.summary}".rstrip(": ")
        yield SearchHit(
            article.title, article.get_absolute_url(), text, article.look.icon, article.publish_at
        )
