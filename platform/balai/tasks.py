"""Celery tasks that carry their region in a header and refuse to run without one."""

from collections.abc import Callable
from typing import Any, ClassVar

from celery import Task, shared_task
from django.conf import settings
from django.utils.module_loading import import_string

from balai import context

HEADER = "balai_region"


class RegionMissing(RuntimeError):
    """Raised for a message that does not say which region it is for."""


class RegionTask(Task):  # type: ignore[misc]  # celery ships no strict types for Task
    """A task that runs for the region that was active when it was sent."""

    abstract: ClassVar[bool] = True

    def apply_async(self, *args: Any, **options: Any) -> Any:
        headers = dict(options.pop("headers", None) or {})
        headers.setdefault(HEADER, context.schema())
        return super().apply_async(*args, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with context_of(self):
            return self.run_in_region(*args, **kwargs)

    def run_in_region(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task's function; module tasks look at their switch first."""
        return self.run(*args, **kwargs)


def context_of(task: Task) -> Any:
    """Return the context manager of the message being run.

    Raises:
        RegionMissing: for a message without the header, or one that names no live region.
    """
    schema = task.request.get(HEADER) or (task.request.headers or {}).get(HEADER)
    if schema is None and task.request.called_directly:
        schema = context.schema()
    if not schema:
        raise RegionMissing(f"{task.name} came without the header {HEADER}")
    if schema == context.SHARED_SCHEMA:
        return context.platform()
    region = import_string(settings.REGION_LOADER)(schema)
    if region is None:
        raise RegionMissing(f"{task.name} is for {schema}, which is no region")
    return context.region_context(region)


def region_task(**options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a task of a region: the decorated function runs inside the sender's region."""
    return shared_task(base=RegionTask, **options)


class PlatformTask(Task):  # type: ignore[misc]  # celery ships no strict types for Task
    """A task of the platform itself."""

    abstract: ClassVar[bool] = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with context.platform():
            return self.run(*args, **kwargs)


def platform_task(**options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a task that runs for the platform (shared schema), whoever sent it."""
    return shared_task(base=PlatformTask, **options)
