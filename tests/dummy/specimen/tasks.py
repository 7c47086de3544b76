"""The specimen's jobs."""

from balai.modules import module_task
from tests.dummy.specimen import selectors


@module_task()
def count_notes() -> int:
    """Return how many notes the region has."""
    return selectors.notes().count()
