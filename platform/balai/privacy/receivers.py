"""Tell people what became of their requests, and admins what waits; no data of anybody in it."""

from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from balai import context, notify
from balai.accounts import roles
from balai.accounts.models import Membership, User
from balai.modules import EventData, receiver
from balai.privacy import law
from balai.privacy.models import DataRequest
from balai.privacy.services import breaches, requests
from balai.privacy.states import State

AT_ONCE: Final = (law.Kind.ACCESS, law.Kind.WITHDRAWAL)
"""Done on the page itself: nobody needs a letter of it."""


@receiver(requests.RECEIVED)
def confirm(event: EventData) -> None:
    """Send the person the number and the deadline; tell the admins of what they must answer."""
    row = _row(event)
    if row is None or row.kind in AT_ONCE:
        return
    facts = {"number": row.number, "kind": row.kind, "due": row.due_at}
    if row.user is not None:
        url = _absolute("privacy:request", row.uuid)
        _write([row.user], "received", {**facts, "url": url}, f"privacy.received:{row.uuid.hex}")
    if row.state == State.RECEIVED:
        url = _absolute("privacy_console:request", row.uuid)
        told = {**facts, "stage": 0, "url": url}
        _write(admins(), "waiting", told, f"privacy.waiting:{row.uuid.hex}")


@receiver(requests.DECIDED)
def tell(event: EventData) -> None:
    """Tell the person that there is an answer (articles 30 (2), 41 (3) and 45)."""
    row = _row(event)
    if row is None or row.user is None or not row.user.is_active or row.kind in AT_ONCE:
        return
    told = {"number": row.number, "kind": row.kind, "state": row.state,
            "url": _absolute("privacy:request", row.uuid)}  # fmt: skip
    _write([row.user], "decided", told, f"privacy.decided:{row.uuid.hex}")


@receiver(requests.DUE_SOON)
def remind(event: EventData) -> None:
    """Remind the admins of what is still open."""
    row = _row(event)
    if row is None or not row.open:
        return
    stage = int(event.payload["stage"] or 0)
    told = {"number": row.number, "kind": row.kind, "due": row.due_at, "stage": stage,
            "url": _absolute("privacy_console:request", row.uuid)}  # fmt: skip
    _write(admins(), "waiting", told, f"privacy.due:{row.uuid.hex}:{stage}")


@receiver(breaches.TELL)
def tell_of_breach(event: EventData) -> None:
    """Write to the next people whose data were exposed (article 46)."""
    breaches.tell_batch(
        breach=int(event.payload["breach"] or 0), start=int(event.payload["start"] or 0)
    )


def admins() -> list[User]:
    """Return the region's admins."""
    current = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    held = Membership.objects.filter(current, role=roles.ADMIN)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("pk"))


def _row(event: EventData) -> DataRequest | None:
    found = DataRequest.objects.filter(pk=int(event.payload["request"] or 0))
    return found.select_related("user").first()


def _write(people: list[User], template: str, told: dict[str, Any], key: str) -> None:
    for person in people:
        notify.send(
            template=f"privacy/{template}", to=notify.Recipient(user=person), context=told,
            dedupe_key=f"{key}:{person.pk}",
        )  # fmt: skip


def _absolute(name: str, *args: object) -> str:
    path = reverse(name, args=args, urlconf="balai.urls_region")
    return context.current_region().base_url + path
