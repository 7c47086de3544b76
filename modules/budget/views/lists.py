"""The desk's three lists as rows: for the page, and for the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.budget.desk_forms import Wanted
from modules.budget.models import Line, Total
from modules.budget.selectors import watch
from modules.budget.states import Kind

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its rows for what is wanted, and how a row is written into a file."""

    name: str
    labels: Sequence[Text]
    rows: Callable[[Wanted], QuerySet[Any]]
    cells: Callable[[Any], Sequence[Any]]
    usual: Kind = Kind.ACTIVITY


def _behind(wanted: Wanted) -> QuerySet[Total]:
    least = 0 if wanted.level == Kind.AGENCY else wanted.least
    return watch.behind(
        wanted.snapshot, wanted.level, points=wanted.points, least=least, agency=wanted.agency
    )


def _over(wanted: Wanted) -> QuerySet[Line]:
    return watch.over(wanted.snapshot, wanted.agency)


def _late(wanted: Wanted) -> QuerySet[Total]:
    start = watch.before_rush(wanted.snapshot)
    rows = watch.rushed(
        wanted.snapshot, start or wanted.snapshot, percent=wanted.percent, least=wanted.least,
        agency=wanted.agency,
    )  # fmt: skip
    return rows if start else rows.none()


def _of_total(row: Any) -> list[Any]:
    heading = row.heading or row.agency
    return [row.agency.code, row.agency.name, heading.code, heading.name, row.revised, row.realised]


def _of_line(row: Any) -> list[Any]:
    return [
        row.agency.code, row.agency.name, row.activity.code, row.activity.name, row.account.code,
        row.account.name, row.revised, row.realised, row.excess,
    ]  # fmt: skip


WHO = (_("Agency code"), _("Agency"), _("Code"), _("Name"), _("Budget"), _("Realised"))
LISTINGS = {
    one.name: one
    for one in (
        Listing("behind", (*WHO, _("Short of the year")), _behind,
                lambda row: [*_of_total(row), row.gap], Kind.AGENCY),
        Listing("over", (_("Agency code"), _("Agency"), _("Activity code"), _("Activity"),
                         _("Account code"), pgettext_lazy("budget heading", "Account"),
                         _("Budget"), _("Realised"), _("Too much")), _over, _of_line),
        Listing("late", (*WHO, _("Before October"), _("Since October")), _late,
                lambda row: [*_of_total(row), row.early, row.late]),
    )
}  # fmt: skip
