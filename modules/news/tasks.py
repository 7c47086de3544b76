"""The module's jobs."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from balai.modules.tasks import periodic_module_task
from modules.news.models import Picture
from modules.news.services import reading
from modules.news.services.picturing import forget

OLD_ENOUGH: Final = timedelta(days=1)


@periodic_module_task(timedelta(days=1))
def sweep_pictures() -> int:
    """Remove bytes of pictures whose transaction was rolled back; return how many there were."""
    folders, _files = default_storage.listdir("news")
    known = {name.hex for name in Picture.objects.values_list("uuid", flat=True)}
    orphans = [name for name in folders if UUID(name).hex not in known and _is_old(name)]
    for name in orphans:
        forget(name)
    return len(orphans)


def _is_old(name: str) -> bool:
    _folders, files = default_storage.listdir(f"news/{name}")
    limit = timezone.now() - OLD_ENOUGH
    times = [default_storage.get_modified_time(f"news/{name}/{file}") for file in files]
    return all(time < limit for time in times)


@periodic_module_task(timedelta(minutes=5))
def read_feeds() -> int:
    """Read the feeds of other sites whose time has come; return how many there were."""
    return reading.read_due()
