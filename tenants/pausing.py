"""A region on its way to another cell is read-only: who waits, who is told to come back."""

import threading
import time
from typing import Final

import psycopg2
from django.conf import settings
from django.db import DatabaseError, Error
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from balai import context
from balai.away import AwayError
from balai.modules import registry
from tenants import directory, selectors

PATIENCE: Final = 15.0
LOOK_EVERY: Final = 0.05
# What a statement meets whose process has not heard yet that its region moves, or has moved.
SIGNS: Final = (
    psycopg2.errors.InsufficientPrivilege,
    psycopg2.errors.UndefinedTable,
    psycopg2.errors.InvalidSchemaName,
    psycopg2.errors.InvalidParameterValue,  # SET ROLE to a role that is gone
    psycopg2.errors.UndefinedObject,
)
# A waiting request holds a thread: some are left for the other regions' reports, in either lane.
_places = threading.BoundedSemaphore(
    max(1, min(settings.WEB_URGENT_THREADS, settings.WEB_THREADS) // 2)
)


class RegionMovingError(AwayError):
    """Raised for a write to a region that is on its way, and for a region that has just arrived."""

    text = _(
        "The site is being moved to another server. Pages can be read meanwhile; go back and send"
        " this once more in a minute."
    )


def settled(request: HttpRequest, host: str, region: context.Region) -> context.Region | None:
    """Return the region once it can take this request, or None: the sender is to come back.

    Reads go on meanwhile. Reports and 112 wait, for 15 seconds at most, in as many threads as
    leave the other regions theirs; everything else is answered at once.
    """
    if not region.moving or request.method in {"GET", "HEAD", "OPTIONS"}:
        return region
    if not _may_wait(request.path) or not _places.acquire(blocking=False):
        return None
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            time.sleep(LOOK_EVERY)
            fresh = directory.by_host(host)
            if fresh is None or not fresh.moving:
                return fresh
    finally:
        _places.release()
    return None


def reason(error: DatabaseError) -> AwayError | None:
    """Tell whether a statement failed because its region is moving or has moved since."""
    active = context.region_or_none()
    if active is None or not isinstance(error.__cause__, SIGNS):
        return None
    try:
        fresh = selectors.region_by_schema(active.schema)
    except (Error, RuntimeError):
        return None  # in a transaction of another cell, or no directory: it is what it is
    if fresh is None or (fresh.cell == active.cell and not fresh.moving):
        return None
    directory.invalidate(active.schema)
    return RegionMovingError(f"{active.schema} is on its way to another cell")


def check_settled(region: context.Region) -> None:
    """Raise RegionMovingError while the region cannot be written to."""
    if region.moving:
        raise RegionMovingError(f"{region.schema} is on its way to another cell")


def _may_wait(path: str) -> bool:
    """Tell whether a path belongs to what must work when nothing else does."""
    for module in registry.installed():
        if module.is_vital:
            doors = (f"/{module.slug}/", f"/desk/{module.slug}/", f"/api/v1/{module.slug}/")
            if path.startswith((*doors, *(f"/{root}" for root in module.root_paths))):
                return True
    return False
