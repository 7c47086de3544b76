"""The same work in many regions: one after the other, each on its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from balai import context
from tenants import selectors

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What the work returned in one region, or the error it ended with."""

    region: context.Region
    value: T | None = None
    error: Exception | None = None


def for_each_region(
    work: Callable[[], T], regions: Iterable[context.Region] | None = None
) -> list[Outcome[T]]:
    """Call ``work`` inside each region and return what came of it.

    An error in one region is logged and kept; the others go on. Celery's fan-out, one task a
    region, is ``balai.tasks.periodic_region_task``.

    Args:
        work: a function without arguments; it finds its region in the context.
        regions: which ones; None for all that are served and not on their way to another cell.
    """
    outcomes: list[Outcome[T]] = []
    if regions is None:
        regions = [region for region in selectors.all_regions() if not region.moving]
    for region in regions:
        with context.region_context(region):
            try:
                outcomes.append(Outcome(region, value=work()))
            except Exception as error:
                log.exception("region_work_failed", region=region.slug)
                outcomes.append(Outcome(region, error=error))
    return outcomes
