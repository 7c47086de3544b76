"""Pages of the public list by the last row seen, which an address names by its report."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from modules.complaints.models import Complaint
from modules.complaints.selectors import public
from modules.complaints.selectors.keyset import Part, Place, read

SIZE: Final = 20
KEYS: Final = ("followers", "created_at", "id")


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page; ``older`` and ``newer`` name where the next and previous ones begin."""

    object_list: list[Complaint]
    older: UUID | None = None
    newer: UUID | None = None

    def __iter__(self) -> Any:
        return iter(self.object_list)


def page(
    rows: QuerySet[Complaint],
    sort: str,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = SIZE,
) -> Page:
    """Return a page of ``rows``, which are in the order ``sort``; one statement, then two.

    Args:
        after: the last report of the page before.
        before: the first report of the page after; only if there is no ``after``.
        size: how many rows a page shows.
    """
    order, known = (Part(public.ORDERS[sort]),), after or before
    place = _place(order[0], known) if known else None
    backwards = place is not None and after is None
    read_on = read(rows, order, size + 1, beyond=place, backwards=backwards)
    found, more = [row for _, row in read_on[:size]], len(read_on) > size
    if backwards:
        return _page(found[::-1], more=True, earlier=more)
    return _page(found, more=more, earlier=place is not None)


def _place(part: Part, known: UUID) -> Place | None:
    """Return where a report stands; None when it is gone, which leads to the first page."""
    values = dict(zip(KEYS, public.position(known) or (), strict=False))
    return Place(0, tuple(values[name] for name in part.names)) if values else None


def _page(found: list[Complaint], *, more: bool, earlier: bool) -> Page:
    if not found:
        return Page([])
    return Page(
        found,
        older=found[-1].uuid if more else None,
        newer=found[0].uuid if earlier else None,
    )
