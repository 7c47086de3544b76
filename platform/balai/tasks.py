"""Celery tasks that carry their region in a header and refuse to run without one."""

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final

import structlog
from celery import Task, current_app, current_task, schedules, shared_task
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.utils.module_loading import import_string

from balai import away, context

HEADER: Final = "balai_region"
HEARTBEAT_KEY: Final = "worker_seen"
HEARTBEAT_SECONDS: Final = 20
UNTIL_BACK: Final = 10_000
"""A region that is away comes back: its tasks are not given up."""


class RegionMissing(RuntimeError):  # noqa: N818  # it reads as what is wrong
    """Raised for a message that does not say which region it is for."""


class RegionTask(Task):
    """A task that runs for the region that was active when it was sent.

    Retries, chains, groups and chords keep the region: they are sent either inside it or, by
    Celery itself, right after a task of it.
    """

    abstract = True

    def apply_async(self, *args: Any, **options: Any) -> Any:
        """Send the task for the active region.

        Raises:
            NoRegionError: when nothing is active and no task of a region sends it.
            RegionMissing: when a region sends it for another one.
        """
        headers = dict(options.pop("headers", None) or {})
        headers[HEADER] = _schema_to_carry(headers.get(HEADER))
        return super().apply_async(*args, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task in the region its message names."""
        with context_of(self), structlog.contextvars.bound_contextvars(
            region=context.schema(), task=self.name
        ):  # fmt: skip
            try:
                return self.run_in_region(*args, **kwargs)
            except DatabaseError as error:
                reason = away.why(error)
                if reason is None or self.request.called_directly:
                    raise
                raise self.retry(
                    exc=reason, countdown=reason.retry_after, max_retries=UNTIL_BACK
                ) from error

    def run_in_region(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task's function; module tasks look at their switch first."""
        return self.run(*args, **kwargs)


def context_of(task: Task) -> AbstractContextManager[Any]:
    """Return the context manager of the message being run.

    Raises:
        RegionMissing: for a message without the header, or one that names no live region.
    """
    schema = _header(task)
    if schema is None and task.request.called_directly:
        schema = _schema_to_carry(None)
    if not schema:
        raise RegionMissing(f"{task.name} came without the header {HEADER}")
    if schema == context.SHARED_SCHEMA:
        return context.platform()
    region = import_string(settings.REGION_LOADER)(schema)
    if region is None:
        raise RegionMissing(f"{task.name} is for {schema}, which is no region")
    return context.region_context(region)


def _header(task: Task) -> str | None:
    """Return the message's header: a worker spreads it over the request, an eager call nests it."""
    nested = task.request.headers or {}
    return task.request.get(HEADER) or nested.get(HEADER)


def _schema_to_carry(given: str | None) -> str:
    active = context.current()
    if isinstance(active, context.Region) and given not in {None, active.schema}:
        raise RegionMissing(f"{active.schema} may not send a task for {given}")
    if given or active:
        return given or context.schema()
    # Celery sends callbacks, the next of a chain and a chord's body, and calls errbacks, when
    # the task before has already left its region; that task's own header is still there.
    parent = _header(current_task) if current_task else None
    return parent or context.schema()


def region_task(**options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a task of a region: the decorated function runs inside the sender's region."""
    declare: Callable[[Callable[..., Any]], Task] = shared_task(**{"base": RegionTask, **options})
    return declare


class PlatformTask(Task):
    """A task of the platform itself."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task for the platform."""
        with context.platform():
            return self.run(*args, **kwargs)


def platform_task(**options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a task that runs for the platform (shared schema), whoever sent it."""
    return shared_task(base=PlatformTask, **options)


Every = timedelta | schedules.crontab
_periodic: dict[str, Every] = {}
_of_the_platform: dict[str, Every] = {}


def periodic_region_task(
    every: Every, *, base: type[RegionTask] = RegionTask, **options: Any
) -> Callable[[Callable[..., Any]], Task]:
    """Declare a task that beat starts in every region.

    Args:
        every: a period, or ``celery.schedules.crontab`` (UTC).
    """

    def declare(function: Callable[..., Any]) -> Task:
        name = f"{function.__module__}.{function.__qualname__}"
        _periodic[name] = every
        return region_task(**{"base": base, "name": name, **options})(function)

    return declare


def periodic_platform_task(every: Every, **options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a task of the platform itself that beat starts; ``every`` as above."""

    def declare(function: Callable[..., Any]) -> Task:
        name = f"{function.__module__}.{function.__qualname__}"
        _of_the_platform[name] = every
        return platform_task(name=name, **options)(function)

    return declare


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return what beat starts: the heartbeat, fan-outs to the regions, the platform's own."""
    entries: dict[str, dict[str, Any]] = {
        "heartbeat": {
            "task": heartbeat.name,
            "schedule": HEARTBEAT_SECONDS,
            "options": {"expires": HEARTBEAT_SECONDS},
        }
    }
    for name, every in _periodic.items():
        entries[name] = {"task": fan_out.name, "schedule": every, "args": [name]}
    for name, every in _of_the_platform.items():
        entries[name] = {"task": name, "schedule": every}
    return entries


def regions() -> Iterable[context.Region]:
    """Return every region that has tables."""
    found: Iterable[context.Region] = import_string(settings.REGION_ITERATOR)()
    return found


@platform_task(name="balai.tasks.fan_out")
def fan_out(name: str) -> int:
    """Send the task ``name`` once for each region; return how many were sent.

    What no worker took before the next round is dropped then: rounds never pile up.
    """
    every = _periodic.get(name)
    options: dict[str, Any] = (
        {"expires": every.total_seconds()} if isinstance(every, timedelta) else {}
    )
    task, count = current_app.tasks[name], 0
    for region in regions():
        if region.moving:  # read-only for a moment: the next round finds it settled
            continue
        with context.region_context(region):
            task.apply_async(**options)
        count += 1
    return count


@platform_task(name="balai.tasks.heartbeat")
def heartbeat() -> None:
    """Tell /readyz that beat, broker and a worker are alive."""
    caches["global"].set(HEARTBEAT_KEY, time.time(), timeout=10 * HEARTBEAT_SECONDS)
