"""The report of vacancies that Perpres 57/2023 asks for: who looks for whom, on which terms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai import context
from modules.jobs.choices import Education, Sector
from modules.jobs.models import Vacancy
from modules.jobs.states import ApplicationState

CHUNK: Final = 500
UNREAD: Final = (
    "search", "history", "flags", "description", "area__boundary", "district__boundary",
    "employer__history", "employer__npwp", "employer__about",
)  # fmt: skip
Cell = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and what stands under it."""

    label: str | Promise
    value: Callable[[Any], Cell]


def _when(true: bool, word: str | Promise) -> str:
    return str(word) if true else ""


# fmt: off
COLUMNS: Final = (
    Column(_("Number"), lambda row: row.number),
    Column(_("Employer"), lambda row: row.employer.name),
    Column("NIB", lambda row: row.employer.nib),
    Column(_("Business field (KBLI)"), lambda row: str(Sector(row.employer.sector).label)),
    Column(_("Employer's address"), lambda row: row.employer.address),
    Column(_("Contact"), lambda row: row.employer.contact_name),
    Column(_("Phone"), lambda row: row.employer.phone),
    Column(_("E-mail"), lambda row: row.employer.email),
    Column(_("Position"), lambda row: row.title),
    Column(_("Kind of work (KBJI)"), lambda row: row.get_occupation_display()),
    Column(_("Contract"), lambda row: row.get_type_display()),
    Column(_("People wanted"), lambda row: row.headcount),
    Column(_("Sex"), lambda row: row.get_sex_display()),
    Column(_("Age from"), lambda row: row.age_min),
    Column(_("Age up to"), lambda row: row.age_max),
    Column(_("Education"), lambda row: str(Education(row.education).label)),
    Column(_("Skills"), lambda row: row.skills),
    Column(_("Experience (years)"), lambda row: row.experience_years),
    Column(_("Wage from"), lambda row: row.pay_min),
    Column(_("Wage up to"), lambda row: row.pay_max),
    Column(_("Wage for"), lambda row: row.get_pay_period_display()),
    Column(_("Place of work"), lambda row: ", ".join(filter(None, (row.address, row.place)))),
    Column(_("Domicile"), lambda row: _when(row.locals_first, _("People from here come first"))),
    Column(_("People with disabilities are welcome"),
           lambda row: _when(row.disability_welcome, _("yes"))),
    Column(_("Published"), lambda row: row.published_at),
    Column(_("Last day"), lambda row: row.valid_until.isoformat()),
    Column(_("Status"), lambda row: str(row.status.label)),
    Column(_("Hired through this site"), lambda row: row.hired),
    Column(_("Hired another way"), lambda row: row.placed_elsewhere),
)
# fmt: on


def vacancies(first: date, last: date) -> QuerySet[Vacancy]:
    """Return what was published on the days from ``first`` to ``last``, by number; no samples."""
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Vacancy.objects.filter(published_at__gte=start, published_at__lt=end, sample=False)
    rows = rows.select_related("employer", "area", "district").defer(*UNREAD)
    hired = Count("applications", filter=Q(applications__state=ApplicationState.HIRED))
    return rows.annotate(hired=hired).order_by("pk")


def rows(found: QuerySet[Vacancy]) -> Iterator[list[Cell]]:
    """Return the cells of each vacancy; however many there are, a few hundred are in memory.

    They are in the reader's language, also where a stream is read when the request is over.
    """
    return _cells(found, translation.get_language())


def _cells(found: QuerySet[Vacancy], language: str | None) -> Iterator[list[Cell]]:
    last = 0
    while part := list(found.filter(pk__gt=last)[:CHUNK]):
        with translation.override(language):
            lines = [[column.value(row) for column in COLUMNS] for row in part]
        yield from lines
        last = part[-1].pk


def words(cell: Cell) -> str | int | None:
    """Return a cell for CSV: a moment by the region's clock, ISO 8601."""
    if isinstance(cell, datetime):
        return cell.astimezone(context.current_region().zone).isoformat(timespec="minutes")
    return cell


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), context.current_region().zone)
