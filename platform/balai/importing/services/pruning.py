"""Forget what was brought along: uploads and rows with mistakes hold personal data."""

from datetime import datetime, timedelta

from balai.importing import store
from balai.importing.models import ImportRun, RowError

KEPT = timedelta(days=30)


def forget_old(*, now: datetime) -> int:
    """Delete files and row errors of runs uploaded 30 days ago; return how many runs.

    The line in the list stays: who brought what, when, and how many rows came in.
    """
    old = ImportRun.objects.filter(created_at__lt=now - KEPT).exclude(columns=[])
    count = 0
    for run in old:
        store.remove(run)
        RowError.objects.filter(run=run).delete()
        over = (ImportRun.State.DONE, ImportRun.State.CANCELLED)
        run.columns, run.unknown, run.options = [], {}, {}
        run.state = run.state if run.state in over else ImportRun.State.CANCELLED
        run.save(update_fields=["columns", "unknown", "options", "state"])
        count += 1
    return count
