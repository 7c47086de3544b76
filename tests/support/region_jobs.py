"""Jobs that write down where they ran, in every way a job can go (I-08)."""

import os
import signal

from celery import Task
from django.db import transaction

from balai import context
from balai.tasks import region_task
from tests.dummy.specimen.models import Note


def mark(text: str) -> None:
    """Write ``text`` down in the region that is active."""
    Note.objects.create(text=text)


def is_first(text: str) -> bool:
    """Write ``text`` down once; return whether it was new."""
    return Note.objects.get_or_create(text=text)[1]


@region_task(name="i08.write", bind=True, max_retries=3)
def write(self: Task, sent_from: str, number: int, way: str = "plain") -> int:
    """Note ``sent_from`` where it runs; "retry" and "kill" go wrong the first time only."""
    if way == "retry" and is_first(f"tried:{sent_from}:{number}"):
        raise self.retry(countdown=0)
    if way == "kill" and is_first(f"tried:{sent_from}:{number}"):
        os.kill(os.getpid(), signal.SIGKILL)
    if way == "fail":
        raise ValueError("as intended")
    if way == "error_in_transaction":
        with transaction.atomic():
            mark(f"undone:{sent_from}:{number}")
            raise ValueError("as intended")
    mark(f"done:{sent_from}:{number}")
    return number


@region_task(name="i08.gather")
def gather(numbers: list[int], sent_from: str, number: int) -> None:
    """Be a chord's body."""
    mark(f"done:{sent_from}:{number}")


@region_task(name="i08.blame")
def blame(request: object, error: object, trace: object, sent_from: str, number: int) -> None:
    """Be called for a task that failed."""
    mark(f"done:{sent_from}:{number}")


@region_task(name="i08.where")
def where() -> None:
    """Note that it ran at all."""
    mark(f"ran in {context.schema()}")
