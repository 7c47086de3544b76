"""What the board is narrowed to, read from the address and written back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from modules.emergency.models import Category, Incident
from modules.emergency.states import ENDED, OPEN, State

TABS: Final[dict[str, tuple[str | Promise, tuple[State, ...]]]] = {
    "open": (pgettext_lazy("board", "Open"), OPEN),
    "waiting": (pgettext_lazy("board", "Waiting"), (State.QUEUED,)),
    "moving": (
        pgettext_lazy("board", "On the way"),
        (State.DISPATCHED, State.ACKNOWLEDGED, State.EN_ROUTE),
    ),
    "scene": (pgettext_lazy("board", "On scene"), (State.ON_SCENE, State.TRANSPORTING)),
    "cleared": (pgettext_lazy("board", "To close"), (State.CLEARED,)),
    "ended": (pgettext_lazy("board", "Ended"), ENDED),
}
"""A tab's word and the states behind it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """A tab, and what it is narrowed to; empty means everything."""

    tab: str = "open"
    q: str = ""
    urgency: str = ""
    category: int | None = None
    agency: int | None = None
    district: int | None = None

    @property
    def narrowed(self) -> int:
        """How many filters are set."""
        return sum(bool(v) for v in (self.urgency, self.category, self.agency, self.district))

    def query(self, **changes: object) -> str:
        """Return the address's query, with ``changes``; what is empty is left out."""
        values = {name: getattr(self, name) for name in self.__slots__} | changes
        shown = {name: value for name, value in values.items() if value and value != "open"}
        return urlencode(shown)


def parse(given: Mapping[str, str]) -> Filters:
    """Return what a query asks for; what cannot be read counts as not asked."""
    tab, urgency = given.get("tab", "open"), given.get("urgency", "")
    return Filters(
        tab=tab if tab in TABS else "open",
        q=given.get("q", "").replace("\0", "").strip()[:80],
        urgency=urgency if urgency in Category.Urgency.values else "",
        category=_number(given, "category"),
        agency=_number(given, "agency"),
        district=_number(given, "district"),
    )


def narrow(rows: QuerySet[Incident], filters: Filters) -> QuerySet[Incident]:
    """Keep what fits; a filter never tells more of a sealed incident than its row does."""
    rows = rows.filter(state__in=TABS[filters.tab][1])
    if filters.urgency:
        rows = rows.filter(category__urgency=filters.urgency)
    if filters.district:
        here = Q(area=filters.district) | Q(area__parent=filters.district)
        rows = rows.filter(here)
    if filters.category:
        rows = rows.filter(sealed=False, category=filters.category)
    if filters.agency:
        rows = rows.filter(sealed=False, agency=filters.agency)
    return rows.filter(_words(filters.q)) if filters.q else rows


def _words(words: str) -> Q:
    """Number or place alone: what is searched stands in the address of the page."""
    place = Q(area__name__icontains=words) | Q(area__parent__name__icontains=words)
    return Q(number__icontains=words) | (Q(sealed=False) & place)


def _number(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
