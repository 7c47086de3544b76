"""Who works for a partner: an account of the region, the role, and a seat at the institution."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.accounts.models import Membership, User
from balai.accounts.services import grant_role, revoke_role
from modules.partners.models import Delegate, Partner, Seat
from modules.partners.selectors.reach import taken
from modules.partners.workflow import NotAllowed

if TYPE_CHECKING:
    from django.db.models import QuerySet

ROLE: Final = "partner"


@transaction.atomic
def add(*, partner: Partner, email: str, until: date | None = None) -> Seat:
    """Give the owner of an account a seat; the role ends with the last co-operation, or seat.

    Args:
        until: the seat's last day; None for as long as there is a co-operation.

    Raises:
        NotAllowed: without such an account, for an officer of the region, or without a paper.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise NotAllowed(_("Nobody here has this address. Ask them to sign up first."))
    if Membership.objects.filter(user=user).exclude(role=ROLE).exists():
        raise NotAllowed(_("This person works for the city already: nobody is on both sides."))
    seat, fresh = Seat.objects.update_or_create(
        partner=partner, user=user, defaults={"until": until}
    )
    grant_role(user=user, role=ROLE, valid_until=last_day(user))
    if fresh:
        audit.record(
            action="partners.person_added", target=str(user.uuid), after={"partner": partner.slug}
        )
    return seat


@transaction.atomic
def remove(*, seat: Seat) -> None:
    """Take a seat away, and the role with the last one."""
    user, partner = seat.user, seat.partner
    seat.delete()
    if not Seat.objects.filter(user=user).exists():
        for membership in Membership.objects.filter(user=user, role=ROLE):
            revoke_role(membership=membership)
    audit.record(
        action="partners.person_removed", target=str(user.uuid), before={"partner": partner.slug}
    )


def forget(*, user: int) -> None:
    """Take somebody who closed their account out of every institution."""
    Seat.objects.filter(user=user).delete()
    mine = Delegate.objects.filter(user=user)
    mine.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    mine.update(name="", email="")


@transaction.atomic
def renew(*, partner: Partner) -> int:
    """Let the roles of a partner's people end when its co-operations do now; return how many."""
    seats = list(Seat.objects.filter(taken(), partner=partner).select_related("user"))
    for seat in seats:
        grant_role(user=seat.user, role=ROLE, valid_until=last_day(seat.user))
    return len(seats)


def last_day(user: User) -> datetime:
    """Return the end of the last day of the papers of somebody's institutions, and of their seats.

    Raises:
        NotAllowed: when none is in force or will be.
    """
    seats = Seat.objects.filter(
        user=user, partner__cooperations__ended_at=None,
        partner__cooperations__ends_on__isnull=False,
    )  # fmt: skip
    ends = seats.annotate(last=Least("partner__cooperations__ends_on", "until")).order_by("-last")
    last = ends.values_list("last", flat=True).first()
    if last is None or last < timezone.localdate():
        raise NotAllowed(_("Write down the co-operation first: it gives access until its end."))
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def of(partner: Partner) -> "QuerySet[Seat]":
    """Return a partner's people with an account of the region, by name; delegates have a list."""
    return (
        Seat.objects.filter(partner=partner, until=None)
        .select_related("user")
        .order_by("user__name", "id")
    )
