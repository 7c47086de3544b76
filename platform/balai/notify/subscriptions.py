"""Who follows a thing: an account, an e-mail address that said so twice, or a browser.

A subject is "<module>.<thing>:<uuid>". Nobody learns from here who follows what: an address that
follows already and one that was never seen get the same answer.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from balai import context, notify, outbox, signing
from balai.notify.models import PushDevice, Subscription
from balai.privacy import ledger, restrictions

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE: Final = "notify.follow"
CONFIRM: Final = "notify.confirm"
STOP: Final = "notify.stop"
CONFIRM_AGE: Final = 7 * 24 * 3600
STOP_AGE: Final = 10 * 365 * 24 * 3600
CHANGED: Final = "notify.followers_changed"
"""Topic: somebody began or ceased to follow; the event's key is the subject."""
OPEN_REQUESTS: Final = 5
"""Letters "do you want this?" that one address gets in a day, whoever asked for them."""


@transaction.atomic
def follow(
    *,
    subject: str,
    user: "User | None" = None,
    email: str = "",
    device: PushDevice | None = None,
    language: str,
    label: str = "",
) -> Subscription | None:
    """Let somebody hear of ``subject``; exactly one of user, email and device says who.

    An address must confirm first: it is sent a signed link. Repeating it changes nothing.

    Args:
        subject: "<module>.<thing>:<uuid>".
        language: in which they want to read, "id" or "en".
        label: what the confirmation letter calls it; public words only.

    Returns:
        The subscription; None when the address has too many open requests today.

    Raises:
        ValueError: when not exactly one of the three was given.
    """
    email = email.strip().lower()
    if sum((user is not None, bool(email), device is not None)) != 1:
        raise ValueError("one of user, email, device")
    now = timezone.now()
    known = {"subject": subject, "user": user, "email": email, "device": device}
    if email and not Subscription.objects.filter(**known).exists() and _too_many(email, now):
        return None
    at_once = None if email else now
    found, new = Subscription.objects.get_or_create(
        **known, defaults={"language": language, "confirmed_at": at_once}
    )
    if found.confirmed_at is None:
        _ask(found, label, now)
    elif new:
        _agreed(found, ledger.FORM)
        outbox.publish(CHANGED, key=subject)
    return found


@transaction.atomic
def confirm(token: str) -> Subscription | None:
    """Begin what an address asked for; None when it was stopped or forgotten meanwhile.

    Raises:
        BadSignature: for a token that we did not make here, or one older than a week.
    """
    found = _held(token, CONFIRM, CONFIRM_AGE)
    if found is not None and found.confirmed_at is None:
        found.confirmed_at = timezone.now()
        found.save(update_fields=["confirmed_at"])
        _agreed(found, ledger.LINK)
        outbox.publish(CHANGED, key=found.subject)
    return found


@transaction.atomic
def unfollow(token: str) -> bool:
    """End a subscription by the link of any of its messages; tell whether there was one.

    Raises:
        BadSignature: for a token that we did not make here.
    """
    found = _held(token, STOP, STOP_AGE)
    if found is None:
        return False
    found.delete()
    _ended(found)
    outbox.publish(CHANGED, key=found.subject)
    return True


@transaction.atomic
def leave(*, subject: str, user: "User | None" = None, device: PushDevice | None = None) -> bool:
    """End the subscription of an account or a browser; tell whether there was one."""
    rows = list(_own(subject, user, device).select_related("user", "device"))
    gone = bool(_own(subject, user, device).delete()[0])
    for row in rows:
        _ended(row)
    if gone:
        outbox.publish(CHANGED, key=subject)
    return gone


def follows(*, subject: str, user: "User | None" = None, device: PushDevice | None = None) -> bool:
    """Tell whether the account or the browser follows ``subject``."""
    return _own(subject, user, device).exists()


def count(subject: str) -> int:
    """Return how many follow ``subject`` and, where they had to, have confirmed it."""
    return Subscription.objects.filter(subject=subject, confirmed_at__isnull=False).count()


def recipients(subject: str) -> list[notify.Recipient]:
    """Return everybody who follows ``subject`` and, where they had to, has confirmed it.

    Accounts whose processing is restricted are passed over (UU PDP 27/2022, article 41).
    """
    rows = Subscription.objects.filter(subject=subject, confirmed_at__isnull=False)
    rows = rows.exclude(user__in=restrictions.users())
    return [recipient(row) for row in rows.select_related("user", "device").order_by("pk")]


@transaction.atomic
def move(old_subject: str, new_subject: str) -> int:
    """Let the followers of one thing follow another instead; return how many came along."""
    there = Subscription.objects.filter(subject=new_subject)
    own = Subscription.objects.filter(subject=old_subject)
    doubled = Q(user__in=there.exclude(user=None).values("user"))
    doubled |= Q(device__in=there.exclude(device=None).values("device"))
    doubled |= Q(email__in=there.exclude(email="").values("email")) & ~Q(email="")
    own.filter(doubled).delete()
    moved = own.update(subject=new_subject)
    for subject in (old_subject, new_subject):
        outbox.publish(CHANGED, key=subject)
    return moved


@transaction.atomic
def end(subject: str, *, keep: "User | None" = None) -> list[notify.Recipient]:
    """End every subscription of ``subject`` and return who had one, to tell them.

    Args:
        keep: the account whose own thing it is; its subscription stays.
    """
    rows = Subscription.objects.filter(subject=subject)
    if keep is not None:
        rows = rows.exclude(user=keep)
    told = rows.filter(confirmed_at__isnull=False).select_related("user", "device")
    gone = [recipient(row) for row in told.order_by("pk")]
    if rows.delete()[0]:
        outbox.publish(CHANGED, key=subject)
    return gone


def forget_unconfirmed(now: datetime) -> int:
    """Delete the addresses that never confirmed, a week after they were written down."""
    old = now - timedelta(seconds=CONFIRM_AGE)
    rows = Subscription.objects.filter(confirmed_at=None, created_at__lt=old)
    return int(rows.delete()[0])


def stop_token(subscription: Subscription) -> str:
    """Return the token that ends a subscription without signing in."""
    return signing.dumps(str(subscription.token), salt=STOP)


def confirm_token(subscription: Subscription) -> str:
    """Return the token with which an address confirms."""
    return signing.dumps(str(subscription.token), salt=CONFIRM)


def _agreed(row: Subscription, how: str) -> None:
    ledger.note(name=_name(row), purpose=PURPOSE, given=True, how=how)


def _ended(row: Subscription) -> None:
    """Write the withdrawal down when it was the last thing the same person followed."""
    mine = {"user": row.user, "email": row.email, "device": row.device}
    if not Subscription.objects.filter(**mine, confirmed_at__isnull=False).exists():
        ledger.note(name=_name(row), purpose=PURPOSE, given=False, how=ledger.LINK)


def _name(row: Subscription) -> str:
    if row.user is not None:
        return f"user:{row.user.uuid}"
    return f"device:{row.device.uuid}" if row.device else f"email:{row.email}"


def _own(subject: str, user: "User | None", device: PushDevice | None) -> QuerySet[Subscription]:
    who = Q(pk__in=[])
    who |= Q(user=user) if user is not None else who
    who |= Q(device=device) if device is not None else who
    return Subscription.objects.filter(who, subject=subject)


def _held(token: str, salt: str, age: int) -> Subscription | None:
    reference = UUID(signing.loads(token, salt=salt, max_age=age))
    return Subscription.objects.select_for_update().filter(token=reference).first()


def recipient(row: Subscription) -> notify.Recipient:
    """Return whom a subscription writes to, with the link that ends it."""
    return notify.Recipient(
        user=row.user, email=row.email, device=row.device, speaks=row.language,
        unsubscribe=_address("notify:stop", stop_token(row)), reference=row.token.hex,
    )  # fmt: skip


def _ask(row: Subscription, label: str, now: datetime) -> None:
    """Send the letter with the link, once a day."""
    key = f"notify.confirm:{row.token.hex}:{now:%Y%m%d}"
    notify.send(
        template="follow/confirm",
        to=notify.Recipient(email=row.email, speaks=row.language),
        context={
            "label": label,
            "url": _address("notify:confirm", confirm_token(row)),
            "stop": _address("notify:stop", stop_token(row)),
        },
        dedupe_key=key,
    )


def _too_many(email: str, now: datetime) -> bool:
    open_ones = Subscription.objects.filter(
        email=email, confirmed_at=None, created_at__gt=now - timedelta(days=1)
    )
    return open_ones.count() >= OPEN_REQUESTS


def _address(name: str, token: str) -> str:
    return context.current_region().base_url + reverse(name, args=[token])
