"""A worker passes the same checks as a web process before it takes its first job."""

import os
import sys
from typing import Any

from celery.signals import worker_init, worker_process_init

from balai.health import startup
from balai.supervise.leash import tie


def connect() -> None:
    """Connect to the signals of a worker's life."""
    worker_init.connect(_before_work, dispatch_uid="balai.health.worker_init")
    worker_process_init.connect(_tie_to_worker, dispatch_uid="balai.health.worker_process_init")


def _before_work(**_: Any) -> None:
    startup.require_sound()


def _tie_to_worker(**_: Any) -> None:
    """A pool's process must not go on working for a worker that was killed."""
    if sys.platform.startswith("linux"):
        tie(os.getppid())
