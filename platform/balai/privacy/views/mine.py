"""My data: an overview, everything on one page, and the same to take along."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai import context
from balai.privacy import law, pack, subjects
from balai.privacy.models import DataRequest
from balai.privacy.person import Person
from balai.privacy.services import requests
from balai.privacy.visitor import subject_required
from balai.ui.status import Status

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A request with how it looks now."""

    row: DataRequest
    status: Status


@never_cache
@require_safe
@subject_required()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what one may ask for, and one's requests with their clocks."""
    now = timezone.now()
    rows = list(requests.of(person)[:SHOWN])
    shown = {
        "person": person,
        "places": subjects.places(person),
        "lines": [Line(row, row.status(now)) for row in rows],
        "restricted": next((row for row in rows if _rests(row)), None),
    }
    return render(request, "privacy/index.html", shown)


@never_cache
@require_safe
@subject_required(fresh=True)
def everything(request: HttpRequest, person: Person) -> HttpResponse:
    """Show all that the region holds on the person, part by part (article 7)."""
    titles = subjects.titles()
    told = subjects.collect(person)
    parts = [(titles[part], _lines(data)) for part, data in told.items()]
    return render(request, "privacy/everything.html", {"parts": parts, "person": person})


@never_cache
@require_POST
@subject_required(fresh=True)
def download(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand out the same as a ZIP; recorded as a request that was answered at once (article 32)."""
    now = timezone.now()
    content = pack.build(person, now=now)
    row = requests.receive(person=person, kind=law.Kind.ACCESS, now=now)
    requests.fulfil(request=row, receipt={"bytes": len(content)}, now=now)
    name = f"data-saya-{context.current_region().slug}.zip"
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(data: Any) -> list[tuple[str, str]]:
    return [(path.replace(".", " › ").replace("_", " "), value) for path, value in pack.flat(data)]


def _rests(row: DataRequest) -> bool:
    return row.kind == law.Kind.RESTRICTION and row.state == "done" and row.lifted_at is None
