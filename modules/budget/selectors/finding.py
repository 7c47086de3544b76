"""Find headings by words of their name, or by the beginning of their code."""

from typing import Final

from django.db.models import Q

from modules.budget.models import Heading, Snapshot
from modules.budget.selectors.figures import Part, parts
from modules.budget.states import Kind

MOST_WORDS: Final = 6
LEAST_LETTERS: Final = 2
MOST: Final = 60
"""Headings of each kind that are looked at."""


def find(snapshot: Snapshot, asked: str, limit: int = MOST) -> list[Part]:
    """Return what is headed by all words of ``asked`` (or has its code), by kind and amount.

    At most ``limit`` headings of each kind; none for less than two letters. At most 12 queries.
    """
    told = asked.replace("\0", "").strip()
    if len(told) < LEAST_LETTERS:
        return []
    named = Q()
    for word in told.split()[:MOST_WORDS]:
        named &= Q(name__icontains=word)
    found: list[Part] = []
    for kind in Kind:
        wanted = Heading.objects.filter(named | Q(code__istartswith=told), kind=kind)
        ids = list(wanted.order_by("key").values_list("pk", flat=True)[:limit])
        if ids:
            found += _parts(snapshot, kind, ids)
    return found


def _parts(snapshot: Snapshot, kind: Kind, ids: list[int]) -> list[Part]:
    if kind == Kind.AGENCY:
        return parts(snapshot, kind, None, by=("agency",), agency__in=ids)
    if kind == Kind.ACTIVITY:
        return parts(snapshot, kind, None, by=("heading", "agency"), heading__in=ids)
    return parts(snapshot, kind, None, heading__in=ids)
