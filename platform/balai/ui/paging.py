"""Long lists in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paged(request: HttpRequest, rows: Any, size: int = 25) -> Page[Any]:
    """Return the page of ``rows`` that the address asks for; the nearest one for a wrong number."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
