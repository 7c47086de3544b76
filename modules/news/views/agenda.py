"""The agenda: a month of events, and the same for calendars."""

import calendar
import re
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from balai import context
from balai.ui.formats import local
from modules.news import ical
from modules.news.models import Article
from modules.news.selectors import public
from modules.news.states import Kind
from modules.news.views import listing

SECONDS = 300


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show a month's events by day; ``?month=2026-12``, the present one by default."""
    first = _month(request.GET.get("month", ""))
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    filters = public.parse(Kind.EVENT, request.GET.dict())
    rows = public.events(first, last, filters)
    days = groupby(rows, key=lambda row: max(_day(row), first))
    page = {
        **listing.around(request, filters),
        "first": first,
        "earlier": _month_name(first - timedelta(days=1)),
        "later": _month_name(last + timedelta(days=1)),
        "this_month": _month_name(timezone.localdate()),
        "shown": _month_name(first),
        "today": timezone.localdate(),
        "days": [(day, list(events)) for day, events in days],
        "total": len(rows),
    }
    return render(request, "news/agenda.html", page)


@require_safe
@conditional_page
@cache_control(public=True, max_age=SECONDS)
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Give the events that are not over to calendars, as iCalendar (RFC 5545).

    ``?area=36.71.01`` gives those that concern a kecamatan or kelurahan, ``?q=`` those of words.
    """
    filters = public.parse(Kind.EVENT, request.GET.dict())
    return _calendar(request, public.upcoming(filters))


@require_safe
def event(request: HttpRequest, article: UUID) -> HttpResponse:
    """Give one event to a calendar."""
    found = public.find(article)
    if found is None or found.kind != Kind.EVENT or found.starts_at is None:
        raise Http404
    answer = _calendar(request, [found])
    answer.headers["Content-Disposition"] = f'attachment; filename="agenda-{found.uuid}.ics"'
    return answer


def _calendar(request: HttpRequest, rows: list[Article]) -> HttpResponse:
    events = [
        ical.Event(
            uid=str(row.uuid),
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            text=row.summary,
            url=request.build_absolute_uri(row.get_absolute_url()),
            changed_at=row.modified_at,
            version=row.version,
        )
        for row in rows
        if row.starts_at is not None
    ]
    words = _("Agenda of %(name)s") % {"name": context.current_region().name}
    return HttpResponse(
        ical.calendar(events, name=words), content_type="text/calendar; charset=utf-8"
    )


def _day(row: Article) -> date:
    starts: datetime = row.starts_at or row.created_at
    return local(starts).date()


def _month(typed: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d{2})", typed)
    try:
        wanted = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        wanted = None
    if wanted is None or not 2000 <= wanted.year <= 2200:
        return timezone.localdate().replace(day=1)
    return wanted


def _month_name(day: date) -> str:
    return f"{day:%Y-%m}"
