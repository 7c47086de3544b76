"""What the site's search finds: open vacancies, newest first."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from balai.home.search import SearchHit
from modules.jobs.selectors import public
from modules.jobs.selectors.filters import Filters


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield hits of some words or a vacancy's number."""
    for row in public.vacancies(Filters(query=query))[:limit]:
        text = ", ".join(filter(None, (row.employer.name, row.place)))
        url = reverse("jobs:detail", args=[row.uuid])
        yield SearchHit(row.title, url, text, "briefcase", row.published_at)
