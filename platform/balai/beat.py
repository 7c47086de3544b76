"""Beat's scheduler: what modules declared is known before the clock is looked at first."""

from celery.beat import PersistentScheduler

from balai import tasks


class Scheduler(PersistentScheduler):
    """Celery's own, which remembers when each task ran last, with the tasks of all modules.

    Beat reads its schedule before the signal ``beat_init`` is sent: what is added there never runs,
    and what was remembered of it is thrown away. By now all modules are imported.
    """

    def setup_schedule(self) -> None:
        """Open what is remembered and put the declared tasks in."""
        self.app.conf.beat_schedule = tasks.beat_schedule()
        super().setup_schedule()
