"""What a region uses, for its admin: a few cheap counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Final

from django.db.models import Sum
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.files.models import StoredFile
from balai.modules import registry
from balai.modules.usage import Used

PERIOD: Final = timedelta(days=365)
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts of the active region; ``megabytes`` are those of its stored photos and files.

    ``used`` is what its active modules count over the last twelve months.
    """

    accounts: int
    officers: int
    megabytes: float
    modules: int
    used: list[Used]


def usage() -> Usage:
    """Return what the active region uses: one query each for accounts, officers and files."""
    stored = StoredFile.objects.aggregate(n=Sum("bytes"))["n"] or 0
    return Usage(
        accounts=User.objects.filter(is_active=True).count(),
        officers=Membership.objects.filter(user__is_active=True).values("user").distinct().count(),
        megabytes=stored / MEGABYTE,
        modules=len(registry.active()),
        used=list(_of_modules()),
    )


def _of_modules() -> Iterator[Used]:
    """Yield what ``usage.py`` of each active module counts."""
    since = timezone.now() - PERIOD
    for module in registry.active():
        if module.provides("usage"):
            yield from import_module(f"{module.name}.usage").usage(since)
