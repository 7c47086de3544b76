"""What officers look for: money that is spent too slowly, too much, or all at the end."""

from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from modules.budget import conf
from modules.budget.models import Heading, Line, Snapshot, Total
from modules.budget.states import Kind, Side, State

LAST_QUARTER: Final = (10, 1)
"""The last quarter's first month and day: what is spent from here on is late in the year."""
NO_PLAN: Final = 0.05
"""Below this share of the year nobody can be behind."""


def latest() -> Snapshot | None:
    """Return the newest state that is counted, published or not: officers see it first."""
    found = Snapshot.objects.exclude(state=State.LOADING)
    return found.order_by("-year", "-as_of").first()


def counted() -> list[Snapshot]:
    """Return every counted state, the newest first (1 query)."""
    return list(Snapshot.objects.exclude(state=State.LOADING).order_by("-year", "-as_of"))


def behind(
    snapshot: Snapshot, kind: Kind, *, points: int, least: int, agency: Heading | None = None
) -> QuerySet[Total]:
    """Return what lies ``points`` percentage points or more behind the elapsed year.

    The widest gap in rupiah first: ``gap`` is what should have been realised by now, were money
    spent evenly, less what was. The year's beginning (5 percent) has no list.

    Args:
        kind: agencies, programmes or activities.
        least: budgets below so many rupiah are left out.
    """
    elapsed = snapshot.elapsed
    rows = Total.objects.filter(
        snapshot=snapshot, kind=kind, side=Side.SPENDING, revised__gt=0, revised__gte=least
    )  # fmt: skip
    if agency is not None:
        rows = rows.filter(agency=agency)
    most = elapsed - points / 100
    gap = ExpressionWrapper(F("revised") * elapsed - F("realised"), output_field=BigIntegerField())
    found = (
        rows.filter(realised__lte=F("revised") * most)
        .annotate(gap=gap)
        .select_related("agency", "heading", "parent")
        .order_by("-gap", "id")
    )
    return found if elapsed >= NO_PLAN else found.none()


def over(snapshot: Snapshot, agency: Heading | None = None) -> QuerySet[Line]:
    """Return the lines of spending on which more was realised than allowed, the worst first."""
    rows = Line.objects.filter(
        snapshot=snapshot, realised__gt=F("revised"), account__key__startswith=str(Side.SPENDING)
    )
    if agency is not None:
        rows = rows.filter(agency=agency)
    return (
        rows.annotate(excess=F("realised") - F("revised"))
        .select_related("agency", "activity", "account")
        .order_by("-excess", "id")
    )


def before_rush(snapshot: Snapshot) -> Snapshot | None:
    """Return the last counted state before October of the year; None when there is none yet."""
    first = date(snapshot.year, *LAST_QUARTER)
    if snapshot.as_of < first:
        return None
    found = Snapshot.objects.exclude(state=State.LOADING)
    return found.filter(year=snapshot.year, as_of__lt=first).order_by("-as_of").first()


def rushed(
    snapshot: Snapshot, start: Snapshot, *, percent: int, least: int, agency: Heading | None = None
) -> QuerySet[Total]:
    """Return activities that realised more than ``percent`` of their money since ``start``.

    ``late`` is that money in rupiah, the most first; ``early`` what was realised before.
    """
    own = Total.objects.filter(
        snapshot=start, kind=Kind.ACTIVITY, side=Side.SPENDING,
        heading=OuterRef("heading"), agency=OuterRef("agency"), parent=OuterRef("parent"),
    )  # fmt: skip
    early: Any = Coalesce(Subquery(own.values("realised")[:1]), 0, output_field=BigIntegerField())
    rows = Total.objects.filter(
        snapshot=snapshot, kind=Kind.ACTIVITY, side=Side.SPENDING,
        realised__gt=0, realised__gte=least,
    )  # fmt: skip
    if agency is not None:
        rows = rows.filter(agency=agency)
    return (
        rows.annotate(early=early)
        .annotate(late=F("realised") - F("early"))
        .filter(late__gt=F("realised") * (percent / 100))
        .select_related("agency", "heading", "parent")
        .order_by("-late", "id")
    )


def figures(snapshot: Snapshot) -> dict[str, int]:
    """Return how many agencies are too slow and how many lines too high, for tiles (2 queries)."""
    settings = conf.current()
    slow = behind(snapshot, Kind.AGENCY, points=settings.behind_points, least=0)
    return {"behind": slow.count(), "over": over(snapshot).count()}


def agencies(snapshot: Snapshot) -> list[Heading]:
    """Return the agencies of a state of the budget, by code (1 query)."""
    ids = Total.objects.filter(snapshot=snapshot, kind=Kind.AGENCY).values("agency_id")
    return list(Heading.objects.filter(pk__in=ids).order_by("key"))
