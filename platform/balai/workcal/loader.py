"""The active region's calendar: one query per request, none for a second question in it."""

from collections import OrderedDict
from contextvars import ContextVar
from datetime import date
from threading import Lock
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started

from balai import context
from balai.workcal.week import Calendar, parse_week

# Set only inside a request: anywhere else a kept calendar could be older than the database.
_request: ContextVar[dict[str, Calendar] | None] = ContextVar("workcal_request", default=None)
_known: OrderedDict[tuple[str, UUID], Calendar] = OrderedDict()
_lock = Lock()
MAX_KNOWN = 256


def current() -> Calendar:
    """Return the calendar of the active region.

    Raises:
        NoRegionError: outside a region.
    """
    region = context.current_region()
    memo = _request.get()
    if memo is not None and region.schema in memo:
        return memo[region.schema]
    calendar = _load(region)
    if memo is not None:
        memo[region.schema] = calendar
    return calendar


def forget() -> None:
    """Drop what this request has read, after a change of the calendar."""
    if _request.get() is not None:
        _request.set({})


def connect() -> None:
    """Begin and end the memory of a request with the request itself."""
    request_started.connect(begin, dispatch_uid="workcal.begin")
    request_finished.connect(end, dispatch_uid="workcal.end")


def begin(**_: Any) -> None:
    """Start remembering: from here to :func:`end` the calendar is read once."""
    _request.set({})


def end(**_: Any) -> None:
    """Stop remembering."""
    _request.set(None)


def _load(region: context.Region) -> Calendar:
    from balai.workcal.models import WorkingHours  # models are not there yet at start-up

    row = WorkingHours.objects.first()
    if row is None:
        return Calendar(region.zone, _holidays())
    key = (region.schema, row.version)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    calendar = Calendar(region.zone, _holidays(), parse_week(row.hours), row.version)
    with _lock:
        _known[key] = calendar
        while len(_known) > MAX_KNOWN:
            _known.popitem(last=False)
    return calendar


def _holidays() -> MappingProxyType[date, str]:
    from balai.workcal.models import Holiday

    return MappingProxyType(dict(Holiday.objects.values_list("date", "name")))
