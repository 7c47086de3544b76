"""When holds begin and end."""

from datetime import timedelta
from typing import Final

import structlog
from django.db import DatabaseError
from django.db.models import F

from balai.tasks import periodic_platform_task
from provisioning.cells import moving
from provisioning.leaving import erasing, holding
from provisioning.models import Erasure

log = structlog.get_logger(__name__)
LONGEST: Final = 2 * 3600  # seconds


@periodic_platform_task(timedelta(hours=1), time_limit=LONGEST)
def hold_and_erase() -> None:
    """Begin the hold of regions that were closed, and erase those whose hold is over."""
    holding.begin_due()
    for erasure in erasing.due():
        try:
            erasing.erase(erasure)
        except (DatabaseError, OSError, ValueError, moving.MoveError) as error:
            log.exception("erasure_stopped", schema=erasure.schema)
            Erasure.objects.filter(pk=erasure.pk).update(
                attempts=F("attempts") + 1, error=f"{type(error).__name__}: {error}"[:400]
            )
