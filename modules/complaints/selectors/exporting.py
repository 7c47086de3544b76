"""Reports as rows of a table, with the columns that the viewer may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balai.ui import formats
from modules.complaints import rights
from modules.complaints.models import Complaint
from modules.complaints.selectors import desk
from modules.complaints.selectors.desk_filters import Filters

CHUNK = 500
Cell = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` is a share of the page's width in the PDF, 0 where it is left out."""

    label: str | Promise
    value: Callable[[Complaint], Cell]
    width: int = 0


def _agency(report: Complaint) -> str:
    return report.agency.short_name if report.agency else ""


def _officer(report: Complaint) -> str:
    return report.assignee.label if report.assignee else ""


def _yes(value: object) -> str:
    return _("yes") if value else ""


COLUMNS: tuple[Column, ...] = (
    Column(gettext_lazy("Number"), lambda r: r.number, 11),
    Column(gettext_lazy("Received"), lambda r: r.created_at, 10),
    Column(gettext_lazy("Heading"), lambda r: r.title, 26),
    Column(gettext_lazy("Status"), lambda r: str(r.status.label), 11),
    Column(gettext_lazy("Kind of problem"), lambda r: r.category.label, 13),
    Column(gettext_lazy("Class"), lambda r: str(r.category.get_klass_display())),
    Column(gettext_lazy("What it is"), lambda r: str(r.get_kind_display())),
    Column(gettext_lazy("Text"), lambda r: r.text),
    Column(gettext_lazy("Place"), lambda r: r.place, 12),
    Column(gettext_lazy("Landmark"), lambda r: r.landmark),
    Column(gettext_lazy("Latitude"), lambda r: r.latitude),
    Column(gettext_lazy("Longitude"), lambda r: r.longitude),
    Column(gettext_lazy("Agency"), _agency, 9),
    Column(gettext_lazy("Officer"), _officer),
    Column(pgettext_lazy("export", "Due"), lambda r: r.due_at, 10),
    Column(gettext_lazy("First answer"), lambda r: r.answered_at),
    Column(gettext_lazy("Done"), lambda r: r.resolved_at),
    Column(gettext_lazy("Closed"), lambda r: r.closed_at),
    Column(gettext_lazy("Came through"), lambda r: str(r.get_source_display())),
    Column(gettext_lazy("Level"), lambda r: r.level),
    Column(gettext_lazy("Reopened"), lambda r: r.reopenings),
    Column(gettext_lazy("Secret"), lambda r: _yes(r.secret)),
    Column(gettext_lazy("Reporter is"), lambda r: str(r.get_identity_display())),
)


def identity_columns(user: Any) -> tuple[Column, ...]:
    """Return name, phone and e-mail of the reporters; empty where ``user`` may not see one."""

    def contact(field: str) -> Callable[[Complaint], Cell]:
        def value(report: Complaint) -> str:
            if not rights.sees_identity(user, report):
                return ""
            told = getattr(report, "contact", None)
            own = getattr(told, field, "") or ""
            return own or (_account(report, field) if report.reporter else "")

        return value

    return (
        Column(gettext_lazy("Reporter"), contact("name")),
        Column(gettext_lazy("Phone"), contact("phone")),
        Column(gettext_lazy("E-mail"), contact("email")),
    )


def _account(report: Complaint, field: str) -> str:
    return str(getattr(report.reporter, field, "") or "")


def fitting(user: Any, filters: Filters, now: datetime, most: int) -> list[int]:
    """Return the keys of at most ``most`` reports that fit, in the order asked for."""
    return [row.pk for row in desk.first(user, filters, now, most)]


def reports(user: Any, keys: list[int], *, identity: bool = False) -> Iterator[Complaint]:
    """Yield the reports in the order of ``keys``; one query for each :data:`CHUNK` of them.

    Reach is asked once more: an export may take a while.
    """
    for at in range(0, len(keys), CHUNK):
        part = keys[at : at + CHUNK]
        rows = rights.within_reach(Complaint.objects.all(), user).filter(pk__in=part).order_by()
        rows = rows.select_related("category", "area", "district", "agency", "assignee")
        rows = rows.defer("area__boundary", "district__boundary", "search")
        if identity:
            rows = rows.select_related("contact", "reporter")
        known = {row.pk: row for row in rows}
        yield from (known[key] for key in part if key in known)


def printed(cell: Cell) -> str:
    """Return a cell as people write it: "26 Nov 16.30"."""
    if isinstance(cell, datetime):
        return f"{formats.short_date(cell)} {formats.local(cell):%H.%M}"
    return str(words(cell))


def words(cell: Cell) -> str | int | float:
    """Return a cell as text for people; numbers stay numbers."""
    if isinstance(cell, datetime):
        return f"{formats.local(cell):%Y-%m-%d %H:%M}"
    return "" if cell is None else cell
