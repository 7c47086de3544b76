"""The jobs of stored files."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from balai.files import policies
from balai.files.models import StoredFile
from balai.files.services import remove_bytes
from balai.files.variants import VARIANTS
from balai.tasks import periodic_region_task

OLD_ENOUGH: Final = timedelta(days=1)


@periodic_region_task(timedelta(days=1))
def sweep() -> int:
    """Remove bytes whose transaction was rolled back; return how many files it were."""
    return sum(_sweep(purpose) for purpose in policies.purposes())


def _sweep(purpose: str) -> int:
    folders, _ = default_storage.listdir(purpose)
    present = {UUID(name) for name in folders if _is_uuid(name)}
    known = set(StoredFile.objects.filter(uuid__in=present).values_list("uuid", flat=True))
    orphans = [name for name in present - known if _is_old(purpose, name)]
    for name in orphans:
        remove_bytes(purpose, name)
    return len(orphans)


def _is_old(purpose: str, name: UUID) -> bool:
    paths = [variant.path(purpose, name) for variant in VARIANTS.values()]
    there = [path for path in paths if default_storage.exists(path)]
    limit = timezone.now() - OLD_ENOUGH
    return bool(there) and all(default_storage.get_modified_time(path) < limit for path in there)


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
