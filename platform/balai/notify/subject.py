"""What messages and subscriptions hold about a person (UU PDP 27/2022, articles 7 and 43)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai import outbox
from balai.notify.models import Message, PushDevice, Subscription
from balai.notify.subscriptions import CHANGED
from balai.privacy.person import Person
from balai.privacy.subjects import Kept

if TYPE_CHECKING:
    from balai.accounts.models import User

TITLE: Final = _("Messages and what you follow")


def collect(person: Person) -> dict[str, Any]:
    """Return what the person follows, their browsers, and which messages went to them."""
    if person.user is None:
        return {}
    rows = _messages(person.user).order_by("-pk")
    return {
        "follows": [
            {"subject": row.subject, "since": row.created_at.isoformat(), "by": _way(row)}
            for row in _subscriptions(person.user).order_by("pk")
        ],
        "browsers": [
            {"reference": str(row.uuid), "since": row.created_at.isoformat()}
            for row in PushDevice.objects.filter(user=person.user).order_by("pk")
        ],
        "messages": [
            {"channel": row.channel, "to": row.recipient, "about": row.template,
             "state": row.status, "at": row.created_at.isoformat()}
            for row in rows
        ],
    }  # fmt: skip


def erase(person: Person, now: datetime) -> list[Kept]:
    """Delete subscriptions, browsers and the record of messages."""
    if person.user is None:
        return []
    unfollow(person)
    forget_devices(person)
    _messages(person.user).delete()
    return [
        Kept(
            _("The address of the last message, the receipt of your deletion"),
            _("Until it has been sent; then it is erased."),
            ("notify_message",),
        )
    ]


def follows(person: Person) -> bool:
    """Tell whether the person follows anything."""
    return person.user is not None and _subscriptions(person.user).exists()


@transaction.atomic
def unfollow(person: Person) -> None:
    """End everything that the person's account and confirmed address follow."""
    if person.user is None:
        return
    rows = _subscriptions(person.user)
    for subject in list(rows.order_by("subject").values_list("subject", flat=True).distinct()):
        rows.filter(subject=subject).delete()
        outbox.publish(CHANGED, key=subject)


def has_devices(person: Person) -> bool:
    """Tell whether a browser of the person takes messages."""
    return person.user is not None and PushDevice.objects.filter(user=person.user).exists()


def forget_devices(person: Person) -> None:
    """Delete the person's browsers and what those follow."""
    if person.user is not None:
        PushDevice.objects.filter(user=person.user).delete()


def _way(row: Subscription) -> str:
    return "browser" if row.device_id else "email" if row.email else "account"


def _subscriptions(user: "User") -> Any:
    """An address counts as the person's when they proved both: here by a code, there by a link."""
    own = Q(user=user) | Q(device__user=user)
    if user.email:
        own |= Q(email=user.email, confirmed_at__isnull=False)
    return Subscription.objects.filter(own)


def _messages(user: "User") -> Any:
    reached = [user.email] if user.email else []
    reached += [user.phone] if user.phone and user.phone_verified else []
    reached += [
        str(key) for key in PushDevice.objects.filter(user=user).values_list("uuid", flat=True)
    ]
    return Message.objects.filter(recipient__in=reached)
