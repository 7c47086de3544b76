"""Try every region's latest backup: load it into a scratch schema, compare, and drop it again."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from balai.context import platform
from provisioning.backups import loading, making
from provisioning.backups.box import Unreadable
from provisioning.backups.loading import RestoreError
from provisioning.models import Backup
from tenants import selectors
from tenants.models import Region
from tenants.states import WORKING


@dataclass(frozen=True, slots=True)
class Trial:
    """One region's backup, tried: ``trouble`` is empty when everything came back."""

    slug: str
    made_at: str
    tables: int = 0
    rows: int = 0
    missing: int = 0
    seconds: float = 0.0
    trouble: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def drill(tell: Callable[[Trial], None] = lambda trial: None) -> list[Trial]:
    """Try the latest backup of every working region; a region without one is in trouble.

    Nothing of a trial is ever committed, and no region waits for it.
    """
    trials = []
    with platform():
        for region in Region.objects.filter(state__in=WORKING, moving_since=None).order_by("slug"):
            trial = try_out(region)
            tell(trial)
            trials.append(trial)
    return trials


def try_out(region: Region) -> Trial:
    """Load the region's latest backup into a schema that is rolled back. Runs on the platform."""
    backup = Backup.objects.filter(region=region).first()
    if backup is None:
        return Trial(region.slug, "", trouble="there is no backup")
    began = time.monotonic()
    moment = backup.made_at.isoformat(timespec="seconds")
    try:
        found, missing = _load(region, backup)
        trial = Trial(
            region.slug, moment, found.tables, found.rows, missing,
            round(time.monotonic() - began, 3),
        )  # fmt: skip
    except (RestoreError, Unreadable, DatabaseError, OSError) as error:
        trial = Trial(region.slug, moment, trouble=str(error)[:400])
    Backup.objects.filter(pk=backup.pk).update(tried_at=timezone.now(), trouble=trial.trouble)
    return trial


def _load(region: Region, backup: Backup) -> tuple[loading.Loaded, int]:
    here = selectors.freeze(region)
    with transaction.atomic():
        found = loading.load(
            making.path_of(backup), making.key(here), f"drill_{region.pk}", cell=here.cell
        )
        transaction.set_rollback(True)
    return found, len(loading.missing_files(here, found.end))
