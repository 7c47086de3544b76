"""Read the calendar for its pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language

from balai.workcal import data
from balai.workcal.models import Holiday
from balai.workcal.week import Week


@dataclass(frozen=True, slots=True)
class Day:
    """A holiday ready for a page, with its name in the reader's language."""

    holiday: Holiday
    name: str
    editable: bool


def year(number: int) -> list[Day]:
    """Return a year's days off in order (1 query)."""
    english = (get_language() or "id").startswith("en")
    return [
        Day(
            holiday=holiday,
            name=(english and holiday.kind != Holiday.Kind.LOCAL and data.english(holiday.date))
            or holiday.name,
            editable=holiday.kind == Holiday.Kind.LOCAL,
        )
        for holiday in Holiday.objects.filter(date__year=number).order_by("date")
    ]


def week_rows(week: Week) -> list[dict[str, Any]]:
    """Return name, opening and closing time of Monday to Sunday."""
    return [
        {
            "name": WEEKDAYS[number],
            "opens": hours[0] if hours else None,
            "closes": hours[1] if hours else None,
        }
        for number, hours in enumerate(week)
    ]


def years(today: int) -> list[int]:
    """Return the years to choose from: those with days off, the shipped ones, this and the next."""
    stored = {day.year for day in Holiday.objects.dates("date", "year")}
    return sorted(stored | set(data.years()) | {today, today + 1})
