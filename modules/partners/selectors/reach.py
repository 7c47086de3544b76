"""Which shares somebody sees: the city's people all, a partner's people their institution's.

The one door for partners: inbox, links and programs ask :func:`of_partner`.
"""

from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from modules.partners.models import Partner, Seat, Share
from modules.partners.states import SHOWN

SEE: Final = "partners.see"
INBOX: Final = "partners.inbox"


def in_force(today: date | None = None, before: str = "cooperation__") -> Q:
    """Return what holds for shares whose co-operation is in force: their end needs no job."""
    today = today or timezone.localdate()
    return Q(
        **{
            f"{before}starts_on__lte": today,
            f"{before}ends_on__gte": today,
            f"{before}ended_at": None,
            f"{before}partner__active": True,
        }
    )


def seats(user: Any) -> list[int]:
    """Return the keys of the partners somebody works for; none without the role. One query."""
    return list(_seats(user))


def _seats(user: Any) -> "QuerySet[Seat, int]":
    if not user.is_authenticated or not user.has_perm(INBOX):
        return Seat.objects.none().values_list("partner_id", flat=True)
    return Seat.objects.filter(taken(), user=user).values_list("partner_id", flat=True)


def taken(today: date | None = None) -> Q:
    """Return what holds for seats that are not over."""
    return Q(until=None) | Q(until__gte=today or timezone.localdate())


def of_partner(partners: "list[int] | list[Partner] | QuerySet[Seat, int]") -> QuerySet[Share]:
    """Return what some partners see now: sent to them, not withdrawn, under a living paper."""
    rows = Share.objects.filter(in_force(), cooperation__partner__in=partners, state__in=SHOWN)
    return rows.select_related("cooperation__partner")


def of_user(user: Any) -> QuerySet[Share]:
    """Return the shares within somebody's reach; a partner's people see only their own."""
    if user.is_authenticated and user.has_perm(SEE):
        return Share.objects.select_related("cooperation__partner")
    return of_partner(_seats(user))
