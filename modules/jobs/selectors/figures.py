"""Who found work: by month, by kecamatan of the work, by diploma."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from balai import context
from modules.jobs import suppression
from modules.jobs.models import Application, Vacancy
from modules.jobs.selectors import public
from modules.jobs.states import ApplicationState
from modules.jobs.suppression import Key

MONTHS: Final = 12
RECENT: Final = timedelta(days=90)
Counts = dict[Any, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Placements of some months. Keys are first days, kecamatan by name, values of Education.

    Under "" stand those whose kecamatan, under None those whose diploma nobody has told: whoever
    was hired another way is known by number only.
    """

    months: Mapping[date, int | None]
    districts: Mapping[str, int | None]
    educations: Mapping[int | None, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class Market:
    """What is open now."""

    vacancies: int
    openings: int


def months(now: datetime, *, whole: bool) -> list[date]:
    """Return the first days of twelve months, the oldest first.

    Args:
        whole: end with the last month that is over, so that nobody can be worked out from what
            changes in a day; else with this month.
    """
    this = timezone.localdate(now).replace(day=1)
    first = _before(this, 1) if whole else this
    return [_before(first, back) for back in reversed(range(MONTHS))]


def placements(shown: list[date], *, samples: bool = True) -> Figures:
    """Return the true figures of these months, for the office; three queries.

    Args:
        samples: count sample data, too; what leaves the site never does.
    """
    real = Q() if samples else Q(sample=False)
    applied = Q() if samples else Q(vacancy__sample=False)
    start, end = _midnight(shown[0]), _midnight(_before(shown[-1], -1))
    hired = Application.objects.filter(
        applied, state=ApplicationState.HIRED, decided_at__gte=start, decided_at__lt=end
    ).order_by()
    here = hired.annotate(month=TruncMonth("decided_at")).values_list(
        "month", "vacancy__district__name", "seeker__education"
    ).annotate(n=Count("id"))  # fmt: skip
    ended = Vacancy.objects.filter(
        real, placed_elsewhere__gt=0, ended_at__gte=start, ended_at__lt=end
    ).order_by()
    there = ended.annotate(month=TruncMonth("ended_at")).values_list(
        "month", "district__name"
    ).annotate(n=Sum("placed_elsewhere"))  # fmt: skip
    found = [*here, *((month, name, None, n) for month, name, n in there)]
    by_month = _sum((month.date(), n) for month, _name, _level, n in found)
    districts = {area.name: 0 for area in public.districts()}
    return Figures(
        {month: by_month.get(month, 0) for month in shown},
        {**districts, **_sum((name or "", n) for _month, name, _level, n in found)},
        _sum((level or None, n) for _month, _name, level, n in found),
        sum(by_month.values()),
    )


def kept_back(true: Figures) -> Figures:
    """Return the figures as everybody may read them."""
    months, districts = _whole(true.months), _whole(true.districts)
    educations = _whole(true.educations)
    totals = [suppression.total(months), suppression.total(districts)]
    totals.append(suppression.total(educations))
    return Figures(
        suppression.suppress(months),
        suppression.suppress(districts),
        suppression.suppress(educations),
        None if None in totals else totals[0],
    )


def recent(now: datetime) -> int:
    """Return how many found work in the last ninety days; two queries."""
    since = now - RECENT
    hired = Application.objects.filter(state=ApplicationState.HIRED, decided_at__gt=since)
    here = hired.count()
    there = Vacancy.objects.filter(ended_at__gt=since).aggregate(n=Sum("placed_elsewhere"))
    return here + (there["n"] or 0)


def market(now: datetime) -> Market:
    """Return how many vacancies are open and how many people they look for; one query."""
    rows = Vacancy.objects.filter(public.is_shown(now)).order_by()
    found = rows.aggregate(n=Count("id"), people=Sum("headcount"))
    return Market(found["n"], found["people"] or 0)


def has_samples() -> bool:
    """Tell whether sample data are among what is counted."""
    return Vacancy.objects.filter(sample=True).exists()


def newest() -> datetime | None:
    """Return when the newest open vacancy was published."""
    rows = Vacancy.objects.filter(public.is_shown(), sample=False).order_by("-published_at")
    return rows.values_list("published_at", flat=True).first()


def _whole(counts: Mapping[Key, int | None]) -> dict[Key, int]:
    return {key: value or 0 for key, value in counts.items()}


def _sum(pairs: Iterable[tuple[Any, int]]) -> Counts:
    counts: Counter[Any] = Counter()
    for key, n in pairs:
        counts[key] += n
    return dict(counts)


def _before(month: date, back: int) -> date:
    at = month.year * 12 + month.month - 1 - back
    return date(at // 12, at % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), context.current_region().zone)
