"""What every page with the inbox shows: rows, counts, filters, and whose inbox it is."""

import math
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils import timezone

from balai import workcal
from modules.complaints import deadline, response, rights, topics
from modules.complaints.actions import bulk as buttons
from modules.complaints.models import BulkAction, Complaint
from modules.complaints.selectors import (
    areas,
    bulk,
    categories,
    desk,
    desk_counts,
    saved_filters,
)
from modules.complaints.selectors.desk_filters import (
    KEEP,
    LEVELS,
    PERIODS,
    Filters,
    parse,
    to_query,
)
from modules.complaints.services.bulk import MOST
from modules.complaints.states import State


def filters_of(request: HttpRequest) -> Filters:
    """Return what the address asks for."""
    return parse(request.GET.dict())


def kept(request: HttpRequest) -> str:
    """Return the inbox's part of the address, to come back to it as it was."""
    query = request.GET.copy()
    for name in set(query) - set(KEEP):
        del query[name]
    return str(query.urlencode())


def rows(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the rows alone."""
    now, calendar, filters = timezone.now(), workcal.calendar(), filters_of(request)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = desk.page(request.user, filters, now, after=after, before=before)
    return {
        "page": page,
        "rows": [
            (row, deadline.of(row, now), response.of(row, now, calendar))
            for row in page.object_list
        ],
        "filters": filters,
        "query": to_query(filters),
        "kept": kept(request),
        "kept_pairs": parse_qsl(kept(request)),
        "scope": scope(request),
    }


def inbox(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a page with the inbox."""
    user: Any = request.user
    shown = rows(request)
    page, saved = shown["page"], saved_filters.of(user)
    listed = shown["filters"] if page.older or page.newer else None  # else the page is all of it
    counted = desk_counts.counts(user, timezone.now(), saved, listed=listed)
    return {
        **shown,
        "counts": counted.tabs,
        "saved": counted.saved,
        "found": len(page.object_list) if counted.listed is None else counted.listed,
        "holders": desk.holders(user),
        "states": State.choices,
        "sources": Complaint.Source.choices,
        "levels": LEVELS,
        "periods": PERIODS,
        "districts": areas.districts(),
        "groups": categories.groups(),
        "topics": " ".join(topics.MOVED),
        **bulk_line(bulk.latest(user)),
        "bulk_buttons": buttons.offered(user),
        "bulk_topics": " ".join(bulk.TOPICS),
        "bulk_most": MOST,
    }


def bulk_line(action: BulkAction | None) -> dict[str, Any]:
    """Return what the line about a bulk action tells; nothing without one."""
    button = buttons.named(action.action) if action else None
    if action is None or button is None:
        return {"bulk": None}
    refused = sum(bool(words) for words in action.outcome.values())
    left = math.ceil((action.due_at - timezone.now()).total_seconds())
    return {
        "bulk": action,
        "bulk_label": button.label,
        "bulk_total": len(action.targets),
        "bulk_done": len(action.outcome) - refused,
        "bulk_refused": refused,
        "bulk_seconds": max(left, 0),
    }


def scope(request: HttpRequest) -> dict[str, Any]:
    """Return whose inbox it is: an agency's name for its officers, and agencies to filter by."""
    agencies = desk.agencies(request.user)
    known = {agency.pk for agency in agencies}
    tops = [agency for agency in agencies if agency.parent_id not in known]
    user: Any = request.user
    whole = user.agencies_for(rights.DESK).all_agencies
    name = tops[0].name if len(tops) == 1 and not whole else ""
    return {"agencies": agencies, "name": name}
