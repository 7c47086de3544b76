"""What was published. Every read of the public pages comes from these compact rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from modules.prices.models import DayPrice, Publication, Variety


def newest(count: int, *, until: date | None = None) -> list[Publication]:
    """Return the last published days, newest first, each in its last revision (1 query)."""
    rows = Publication.objects.order_by("-date", "-revision").distinct("date")
    return list(rows.filter(date__lte=until)[:count] if until else rows[:count])


def revisions(day: date) -> QuerySet[Publication]:
    """Return all that was published for a day, the last one first."""
    return Publication.objects.filter(date=day).order_by("-revision")


def prices(publications: Iterable[Publication]) -> dict[int, dict[int, DayPrice]]:
    """Return the rows of some publications: by publication's pk, by variety's pk (1 query)."""
    found: dict[int, dict[int, DayPrice]] = {one.pk: {} for one in publications}
    for row in DayPrice.objects.filter(publication__in=list(found)):
        found[row.publication_id][row.variety_id] = row
    return found


def last() -> QuerySet[DayPrice]:
    """Return the rows of each day's last revision.

    By the publication and not by the row: goods whose only price a correction took away have no
    row in the last revision, and their earlier one counts no more.
    """
    later = Publication.objects.filter(date=OuterRef("date"), revision__gt=OuterRef("revision"))
    return DayPrice.objects.filter(~Exists(later))


def course(variety: Variety, *, since: date, until: date) -> list[DayPrice]:
    """Return a variety's published days between two dates, both included (1 query)."""
    rows = last().filter(variety=variety, date__gte=since, date__lte=until)
    return list(rows.order_by("date"))


@dataclass(frozen=True, slots=True)
class Pair:
    """A published day and the one before it: what arrows compare."""

    today: Publication
    before: Publication | None
    rows: dict[int, DayPrice]
    rows_before: dict[int, DayPrice]


def pair(until: date | None = None) -> Pair | None:
    """Return the last published day (not after ``until``) and the one before (2 queries)."""
    found = newest(2, until=until)
    if not found:
        return None
    rows = prices(found)
    before = found[1] if len(found) > 1 else None
    return Pair(found[0], before, rows[found[0].pk], rows[before.pk] if before else {})


def week(until: date, days: int) -> dict[tuple[int, int], list[int]]:
    """Return observed prices of the last published days before a day, by (variety, market).

    Carried ones are left out: they would count one observation twice (2 queries).
    """
    found: dict[tuple[int, int], list[int]] = {}
    for rows in prices(newest(days, until=until - timedelta(days=1))).values():
        for row in rows.values():
            for market, (price, age) in row.markets.items():
                if age == 0:
                    found.setdefault((row.variety_id, int(market)), []).append(price)
    return found
