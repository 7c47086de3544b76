"""National holidays and joint leave as the three ministers decide them (SKB 3 Menteri)."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


class UnknownYearError(LookupError):
    """Raised for a year whose holidays are not in the list."""


@dataclass(frozen=True, slots=True)
class NationalDay:
    """One day off; a ``provisional`` one is confirmed when the new moon has been seen."""

    date: date
    kind: str
    name: str
    english: str
    provisional: bool
    source: str


def version() -> int:
    """Return the list's version; it grows with every change."""
    return int(_document()["version"])


def years() -> tuple[int, ...]:
    """Return the years that the list covers."""
    return tuple(sorted(int(year) for year in _document()["years"]))


@cache
def days(year: int) -> tuple[NationalDay, ...]:
    """Return a year's days off in order. Raises UnknownYearError for a year it does not have."""
    entry = _document()["years"].get(str(year))
    if entry is None:
        raise UnknownYearError(year)
    return tuple(
        NationalDay(
            date=date.fromisoformat(row["date"]),
            kind=row["kind"],
            name=row["name"],
            english=row["english"],
            provisional=row.get("provisional", False),
            source=entry["source"],
        )
        for row in entry["days"]
    )


def english(day: date) -> str:
    """Return the English name of a national day off, or "" when ``day`` is none."""
    if day.year not in years():
        return ""
    return next((entry.english for entry in days(day.year) if entry.date == day), "")


@cache
def _document() -> dict[str, Any]:
    text = files(__package__).joinpath("national.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
