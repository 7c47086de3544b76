"""What Stripe's objects say, in our own words. Plain dicts come in, frozen facts go out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from provisioning.billing.money import from_minor

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription. ``plan`` is our key; until ``keep_until`` the plan ``keep`` holds instead.

    ``made_at`` and ``ended_at`` are Stripe's; the period is in days, its end exclusive.
    """

    key: str
    status: str
    made_at: datetime
    ended_at: datetime | None
    plan: str
    keep: str
    keep_until: datetime | None
    period_from: date | None
    period_until: date | None
    ends: bool
    item: str


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice that Stripe made. Amounts are whole rupiah."""

    key: str
    number: str
    status: str
    text: str
    net: int
    total: int
    issued_on: date
    due_on: date
    paid_at: datetime | None
    url: str
    subscription: str

    @property
    def tax(self) -> int:
        """What stands between net and total."""
        return max(0, self.total - self.net)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the API knows of a customer at one moment; ``gone`` when it was deleted there."""

    subscriptions: tuple[Subscription, ...]
    bills: tuple[Bill, ...]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A webhook: that something happened to an object of a customer, never what."""

    key: str
    type: str
    object_id: str
    customer: str
    made_at: datetime


def subscription(data: Plain) -> Subscription:
    """Read a subscription of ours: one item, priced by one of our plans."""
    items = data["items"]["data"]
    first: Plain = items[0] if items else {}
    told: Plain = data.get("metadata") or {}
    return Subscription(
        key=data["id"],
        status=data["status"],
        made_at=_required(data["created"]),
        ended_at=_moment(data.get("ended_at")),
        plan=((first.get("price") or {}).get("metadata") or {}).get("plan", ""),
        keep=told.get("keep", ""),
        keep_until=_moment(int(told["keep_until"])) if told.get("keep_until") else None,
        period_from=_day(first.get("current_period_start")),
        period_until=_day(first.get("current_period_end")),
        ends=bool(data.get("cancel_at_period_end")) or data.get("cancel_at") is not None,
        item=first.get("id", ""),
    )


def bill(data: Plain) -> Bill:
    """Read an invoice. One without a due date, paid by card, was due when it was made."""
    made = _required(data["created"])
    marks: Plain = data.get("status_transitions") or {}
    parent: Plain = (data.get("parent") or {}).get("subscription_details") or {}
    lines = (data.get("lines") or {}).get("data") or []
    issued = _moment(marks.get("finalized_at")) or made
    total = from_minor(data["total"])
    net = data.get("total_excluding_tax")
    return Bill(
        key=data["id"],
        number=data.get("number") or data["id"],
        status=data.get("status") or "",
        text=(lines[0].get("description") if lines else "") or "",
        net=total if net is None else from_minor(net),
        total=total,
        issued_on=timezone.localdate(issued),
        due_on=_day(data.get("due_date")) or timezone.localdate(issued),
        paid_at=_moment(marks.get("paid_at")),
        url=data.get("hosted_invoice_url") or "",
        subscription=str(parent.get("subscription") or ""),
    )


def event(data: Plain) -> Event:
    """Read a webhook's envelope."""
    thing: Plain = data["data"]["object"]
    key = str(thing.get("id") or "")
    customer = key if thing.get("object") == "customer" else thing.get("customer")
    return Event(data["id"], data["type"], key, str(customer or ""), _required(data["created"]))


def _required(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment(seconds: int | None) -> datetime | None:
    return _required(seconds) if seconds else None


def _day(seconds: int | None) -> date | None:
    return timezone.localdate(_required(seconds)) if seconds else None
