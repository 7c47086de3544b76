"""Who is written to: a partner's people, or those of the city who share."""

from django.db.models import Q
from django.utils import timezone

from balai import notify
from balai.accounts.models import Membership, User
from balai.accounts.scope import roles_with
from modules.partners.models import Cooperation, Seat, Share
from modules.partners.selectors import reach
from modules.partners.workflow import SHARE

Addressee = tuple[str, notify.Recipient]
"""A key that tells recipients apart, without an address in it; and the recipient."""


def of_partner(cooperation: Cooperation) -> list[Addressee]:
    """Return a partner's people, or the paper's contacts where nobody has an account."""
    seats = Seat.objects.filter(reach.taken(), partner=cooperation.partner_id, user__is_active=True)
    users = [seat.user for seat in seats.select_related("user")]
    if users:
        return [(str(user.uuid), notify.Recipient(user=user)) for user in users]
    return contacts(cooperation)


def contacts(cooperation: Cooperation) -> list[Addressee]:
    """Return the paper's contacts that have an address."""
    addresses = [told["email"] for told in cooperation.contacts if told.get("email")]
    return [(f"contact{at}", notify.Recipient(email=one)) for at, one in enumerate(addresses)]


def of_region(share: Share) -> list[Addressee]:
    """Return who shared a case; where a rule did, everybody who may share."""
    if share.proposed_by is not None and share.proposed_by.is_active:
        return [(str(share.proposed_by.uuid), notify.Recipient(user=share.proposed_by))]
    return sharers()


def sharers(*, but: int | None = None) -> list[Addressee]:
    """Return those of the city who may share cases, one of them left out."""
    current = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    held = Membership.objects.filter(current, role__in=roles_with(SHARE)).values("user")
    users = User.objects.filter(pk__in=held, is_active=True).exclude(pk=but or 0).order_by("pk")
    return [(str(user.uuid), notify.Recipient(user=user)) for user in users]
