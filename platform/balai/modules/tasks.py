"""Background jobs that respect the region's module switches."""

from collections.abc import Callable
from typing import Any

from celery import Task, shared_task

from balai.modules import registry
from balai.tasks import Every, RegionTask, periodic_region_task


class ModuleTask(RegionTask):
    """Skip, quietly, when the owning module is off for the region the job runs in."""

    abstract = True

    def run_in_region(self, *args: Any, **kwargs: Any) -> Any:
        if registry.is_off(registry.owner_of(self.run)):
            return None
        return self.run(*args, **kwargs)


def module_task(**options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a module's task: it runs in the sender's region and only while the module is on."""
    return shared_task(base=ModuleTask, **options)


def periodic_module_task(every: Every, **options: Any) -> Callable[[Callable[..., Any]], Task]:
    """Declare a module's task that beat starts in every region where the module is on.

    Args:
        every: a period, or ``celery.schedules.crontab`` (UTC).
    """
    return periodic_region_task(every, base=ModuleTask, **options)
