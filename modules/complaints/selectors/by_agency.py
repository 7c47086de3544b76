"""What each agency did with the public reports of a year, as everybody may read it.

Small numbers are kept back as on the page of figures (``suppression``): open and resolved reports
of each agency are a table whose margins are shown. Times and shares are told from 20 cases on.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from balai.directory.models import Agency
from balai.memo import memo
from modules.complaints.selectors import public
from modules.complaints.selectors.in_time import Share, in_time
from modules.complaints.selectors.periods import Period
from modules.complaints.selectors.statistics import SECONDS, Times, times_by
from modules.complaints.selectors.suppression import table
from modules.complaints.states import DONE

RESOLVED, OTHER = "resolved", "other"


@dataclass(frozen=True, slots=True)
class AgencyResults:
    """An agency's public reports of a year; None is kept back, or too few to be fair.

    ``received`` counts what came in and is with the agency, ``resolved`` those of them that are
    resolved, ``in_time`` the share (0 to 1) resolved within the working days of their kind,
    ``median_days`` from receipt to resolution.
    """

    received: int | None
    resolved: int | None
    in_time: float | None
    median_days: float | None


def agency_results(year: int) -> Mapping[str, AgencyResults]:
    """Return the results of a year by the directory's code of each agency; four queries.

    Empty where the region does not publish its reports, and for a year without any. Kept for some
    minutes.
    """
    found: Mapping[str, AgencyResults] = memo(
        f"complaints:by_agency:{year}", SECONDS, lambda: _read(_whole(year))
    )
    return found


def _read(period: Period) -> dict[str, AgencyResults]:
    rows = public.listed()
    came = rows.filter(created_at__gte=period.start, created_at__lt=period.end)
    cells: Counter[tuple[int | None, str]] = Counter()
    for agency, state, n in came.values_list("agency", "state").annotate(n=Count("id")):
        cells[agency, RESOLVED if state in DONE else OTHER] += n
    if not cells:
        return {}
    shown = table(cells)
    ended = rows.filter(resolved_at__gte=period.start, resolved_at__lt=period.end)
    times, kept = times_by(ended.exclude(agency=None), "agency"), in_time(came, period).by_agency
    codes = Agency.objects.filter(pk__in={pk for pk, _kind in cells if pk is not None})
    return {
        code: AgencyResults(
            received=shown.rows.get(pk), resolved=shown.cells.get((pk, RESOLVED)),
            in_time=kept.get(pk, Share()).share, median_days=times.get(pk, Times()).median,
        )
        for pk, code in codes.values_list("pk", "code")
    }  # fmt: skip


def _whole(year: int) -> Period:
    """Return a calendar year up to now, by the region's clock."""
    now = timezone.localtime()
    first = now.replace(year=year, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    end: datetime = max(first, min(tomorrow, first.replace(year=year + 1)))
    return Period(str(year), first, end)
