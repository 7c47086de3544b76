"""What the site's search finds: public reports, and for officers those within their reach."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from balai.home.search import SearchHit
from modules.complaints import rights
from modules.complaints.selectors import desk, public


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield hits of some words or a tracking number, newest first."""
    officer = user.is_authenticated and user.has_perm(rights.DESK)
    if officer:
        rows, page = desk.search(user, query, limit), "complaints_desk:detail"
    else:
        rows, page = public.search(query, limit), "complaints:detail"
    for report in rows:
        text = f"{report.number}, {report.status.label}, {report.place}".rstrip(", ")
        url = reverse(page, args=[report.uuid])
        yield SearchHit(report.title, url, text, report.status.icon, report.created_at)
