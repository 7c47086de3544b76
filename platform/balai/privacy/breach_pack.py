"""Everything a region needs to give notice of a breach, as files only their owner can read."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone, translation

from balai import context, csv_out
from balai.accounts.models import User
from balai.privacy import law, reach
from balai.privacy.models import Breach
from balai.privacy.reach import Reached
from balai.privacy.services import breaches
from balai.ui.brand import current_brand

LANGUAGES: Final = ("id", "en")
NOTICES: Final = ("person", "authority", "timeline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of a breach; ``tables`` are "app.Model", ``data`` their kinds in words."""

    noticed_at: datetime
    since: datetime
    until: datetime
    tables: tuple[str, ...]
    data: tuple[Any, ...] = ()
    number: str = ""
    how: str = ""
    measures: str = ""
    contact: str = ""

    @property
    def due_at(self) -> datetime:
        """By when the notices must be out."""
        return law.due(self.noticed_at)


def case_of(breach: Breach) -> Case:
    """Return the case that was recorded in the console."""
    return Case(
        noticed_at=breach.noticed_at, since=breach.since, until=breach.until,
        tables=tuple(reach.tables_of(breach.purposes)),
        data=tuple(breaches.data_words(breach.purposes)), number=breach.number,
        how=breach.how, measures=breach.measures, contact=breach.contact,
    )  # fmt: skip


def write(case: Case, folder: Path) -> dict[str, Any]:
    """Write the pack into a new folder (0700, files 0600) and return its summary.

    Files: ``summary.json`` (kinds of data and counts), ``people.csv`` (whom to tell), and in
    Indonesian and English a notice to people, one to the authority and a timeline.

    Raises:
        FileExistsError: when the folder is there already.
    """
    folder.mkdir(mode=0o700, parents=True)
    people = reach.people(case.tables, until=case.until)
    summary = summary_of(case, people)
    _file(folder / "summary.json", json.dumps(summary, indent=2, default=str))
    _file(
        folder / "people.csv", "".join(csv_out.lines([("name", "email", "phone"), *_rows(people)]))
    )
    for language in LANGUAGES:
        for name, text in notices(case, len(people), language).items():
            _file(folder / f"{name}.{language}.txt", text)
    return summary


def summary_of(case: Case, people: list[Reached]) -> dict[str, Any]:
    """Return figures and kinds of data, without a person in it."""
    return {
        "region": context.current_region().slug,
        "noticed_at": case.noticed_at.isoformat(),
        "due_at": case.due_at.isoformat(),
        "since": case.since.isoformat(),
        "until": case.until.isoformat(),
        "people": len(people),
        "accounts": sum(bool(one.user) for one in people),
        "data": reach.classes_of(case.tables),
    }


def notices(case: Case, people: int, language: str) -> dict[str, str]:
    """Return the drafts in one language; what article 46 (2) asks for stands in each."""
    region = context.current_region()
    with translation.override(language), timezone.override(region.zone):
        values = {"case": case, "people": people, "region": region, "brand": current_brand()}
        return {name: render_to_string(f"privacy/notices/{name}.txt", values) for name in NOTICES}


def _rows(people: Iterable[Reached]) -> Iterable[tuple[str, str, str]]:
    known = User.objects.in_bulk([one.user for one in people if one.user])
    for one in people:
        user = known.get(one.user)
        if user is None:
            yield "", one.email, one.phone
        elif user.email or user.phone:
            yield user.name, user.email or "", user.phone or ""


def _file(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
