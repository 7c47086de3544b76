"""Open vacancies as open data. Samples, contacts and telephone numbers are not among them."""

import json
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from balai import csv_out
from modules.jobs import showing
from modules.jobs.selectors import public


@require_safe
def vacancies_json(request: HttpRequest) -> HttpResponseBase:
    """Answer every open vacancy, the newest first."""
    return StreamingHttpResponse(_array(_facts()), content_type="application/json")


@require_safe
def vacancies_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer every open vacancy as a table."""
    lines = (list(told.values()) for told in _facts())
    return csv_out.response(
        "lowongan.csv", (row for part in ([showing.FIELDS], lines) for row in part)
    )


def _facts() -> Iterator[dict[str, object]]:
    rows = public.vacancies().filter(sample=False)
    yield from (showing.facts(row) for row in rows.iterator(chunk_size=500))


def _array(items: Iterable[dict[str, object]]) -> Iterator[str]:
    yield "["
    for at, item in enumerate(items):
        yield ("," if at else "") + json.dumps(item, ensure_ascii=False)
    yield "]"
