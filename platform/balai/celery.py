"""The Celery application: at-least-once, nothing of value kept in the broker."""

import os
from typing import Any

from celery import Celery, signals

from balai import tasks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings.production")

app = Celery("balai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()


@signals.beat_init.connect
def add_periodic_tasks(sender: Any, **_: Any) -> None:
    """Give beat the tasks that modules declared; by now all of them are imported."""
    sender.app.conf.beat_schedule = tasks.beat_schedule()
