"""People of a partner that signs in on the platform: let in, let through the door, sent away."""

import re
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, outbox
from balai.accounts.models import Membership, User
from balai.accounts.services import adopt, sign_out_everywhere
from balai.signon.roaming import NotProven, Pass, Person, publish
from modules.partners import topics
from modules.partners.models import Delegate, Partner, Seat
from modules.partners.selectors import delegates as selector
from modules.partners.services import people
from modules.partners.workflow import NotAllowed

OFFICIAL: Final = re.compile(r"@(?:[a-z0-9-]+\.)*(?:go|mil)\.id\Z", re.IGNORECASE)
ENTRANCE: Final = "/partners/enter/"


@transaction.atomic
def grant(*, partner: Partner, email: str, name: str, ends_on: date) -> Delegate:
    """Let somebody of a partner in until the end of a day; again only moves the day.

    Raises:
        NotAllowed: for a private address, an officer of the region, a day that has passed, or
            without a paper in force.
    """
    address = email.strip().lower()
    if not (OFFICIAL.search(address) or address.rpartition("@")[2] in selector.domains(partner)):
        raise NotAllowed(_("This is no official address: neither of the government nor of a"
                           " contact in the co-operation."))  # fmt: skip
    if Membership.objects.filter(user__email=address).exclude(role=people.ROLE).exists():
        raise NotAllowed(_("This person works for the city already: nobody is on both sides."))
    if ends_on < timezone.localdate():
        raise NotAllowed(_("This day has passed."))
    row, fresh = Delegate.objects.update_or_create(
        partner=partner, email=address, withdrawn_at=None,
        defaults={"name": name, "ends_on": ends_on},
    )  # fmt: skip
    last = selector.last_day(row)
    if last is None:
        raise NotAllowed(_("Write down the co-operation first: it gives access until its end."))
    _settle_seat(row)
    outbox.publish(topics.DELEGATE, key=str(row.uuid), delegate=row.pk, fresh=fresh)
    audit.record(
        action="partners.delegate_granted" if fresh else "partners.delegate_changed",
        target=str(row.uuid), after={"partner": partner.slug, "until": last},
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw(*, delegate: Delegate, reason: str) -> None:
    """Send somebody away: sessions, seat and role end now.

    Raises:
        NotAllowed: without a reason, or when it was withdrawn before.
    """
    row = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if row.withdrawn_at is not None:
        raise NotAllowed(_("It was withdrawn already."))
    if not reason.strip():
        raise NotAllowed(_("Say why it is withdrawn."))
    row.withdrawn_at, row.withdrawn_reason = timezone.now(), reason.strip()[:255]
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _send_away(row)
    outbox.publish(topics.DELEGATE, key=str(row.uuid), delegate=row.pk, fresh=False)
    audit.record(
        action="partners.delegate_withdrawn", target=str(row.uuid), reason=row.withdrawn_reason
    )


@transaction.atomic
def enter(*, person: Person) -> User:
    """Return the local account of whom the platform vouches for, made or refreshed.

    Role and last day are what *this* region wrote down, whatever the platform believes.

    Raises:
        NotProven: when no record lets them in, or it belongs to another platform account.
        NotAllowed: for somebody who works for the region.
    """
    rows = [
        row for row in selector.living(person.email).select_for_update(of=("self",))
        if row.subject in (None, person.subject)
    ]  # fmt: skip
    if not rows:
        raise NotProven("record")
    user = adopt(email=person.email, name=person.name or rows[0].name)
    if not user.is_active:
        raise NotProven("account")
    for row in rows:
        row.user, row.subject, row.used_at = user, person.subject, timezone.now()
        row.save(update_fields=["user", "subject", "used_at"])
        people.add(partner=row.partner, email=person.email, until=row.ends_on)
        audit.record(action="partners.delegate_entered", target=str(row.uuid))
    return user


@transaction.atomic
def follow_papers(*, partner: Partner) -> int:
    """Let a partner's delegates end, or go on, as its co-operations do; return how many."""
    rows = selector.of(partner)
    for row in rows:
        if selector.last_day(row) is None:
            _send_away(row)
        outbox.publish(topics.DELEGATE, key=str(row.uuid), delegate=row.pk, fresh=False)
    return len(rows)


def tell_platform(*, delegate: Delegate) -> None:
    """Let the platform know what holds now, so that the person finds the way or no more."""
    publish(Pass(
        key=delegate.uuid, email=delegate.email, name=delegate.name,
        institution=delegate.partner.name, role=people.ROLE,
        until=selector.last_day(delegate), path=ENTRANCE,
    ))  # fmt: skip


def _settle_seat(row: Delegate) -> None:
    """Move the end of a seat that is taken already."""
    if row.user is not None and Seat.objects.filter(partner=row.partner, user=row.user).exists():
        people.add(partner=row.partner, email=row.email, until=row.ends_on)


def _send_away(row: Delegate) -> None:
    if row.user is None:
        return
    seat = Seat.objects.filter(partner=row.partner, user=row.user).first()
    if seat is not None:
        people.remove(seat=seat)
    sign_out_everywhere(user=row.user)
