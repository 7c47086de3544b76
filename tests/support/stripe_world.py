"""What Stripe knows, as far as a billing integration sees it: objects, actions, events.

Shaped like API version 2026-10-28.endive: periods lie on subscription items, an invoice names its
subscription under ``parent``, amounts of IDR are hundredths of a rupiah.
"""

import copy
import itertools
import time
from typing import Any

YEAR = 365 * 86400
Thing = dict[str, Any]


NEXT = {
    "incomplete": {"active", "incomplete_expired"},
    "trialing": {"active", "past_due", "paused", "canceled"},
    "active": {"past_due", "unpaid", "canceled"},
    "past_due": {"active", "unpaid", "canceled"},
    "unpaid": {"active", "canceled"},
    "paused": {"active", "canceled"},
    "canceled": set(),
    "incomplete_expired": set(),
}
"""Which status of a subscription may follow which."""


class RefusedError(Exception):
    """A request that Stripe refuses: HTTP status, type, code."""

    def __init__(self, status: int, kind: str, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message or code}}


def missing(key: str) -> RefusedError:
    return RefusedError(404, "invalid_request_error", "resource_missing", f"No such object: {key}")


class World:
    """All objects of one Stripe account, and every event that was made."""

    def __init__(self) -> None:
        self.things: dict[str, dict[str, Thing]] = {
            kind: {}
            for kind in ("customer", "product", "price", "subscription", "invoice",
                         "checkout.session", "billing_portal.session")
        }  # fmt: skip
        self.events: list[Thing] = []
        self._numbers = itertools.count(1)
        self._clock = itertools.count(int(time.time()) - 86400)

    # What the API does

    def get(self, kind: str, key: str) -> Thing:
        try:
            return self.things[kind][key]
        except KeyError:
            raise missing(key) from None

    def all(self, kind: str, **wanted: Any) -> list[Thing]:
        """Return the objects whose fields are so, the newest first."""
        found = [
            thing for thing in self.things[kind].values()
            if all(thing.get(name) == value for name, value in wanted.items())
        ]  # fmt: skip
        return sorted(found, key=lambda thing: (thing["created"], thing["id"]), reverse=True)

    def create_customer(self, told: Thing) -> Thing:
        return self._new("customer", "cus", {"metadata": {}, "email": None, **told})

    def create_product(self, told: Thing) -> Thing:
        if told.get("id") in self.things["product"]:
            raise RefusedError(400, "invalid_request_error", "resource_already_exists")
        return self._new("product", "prod", {"active": True, **told})

    def create_price(self, told: Thing) -> Thing:
        self.get("product", told["product"])
        lookup, transfer = told.get("lookup_key"), told.pop("transfer_lookup_key", False)
        for other in self.things["price"].values():
            if lookup and other["lookup_key"] == lookup:
                if not transfer:
                    raise RefusedError(400, "invalid_request_error", "resource_already_exists")
                other["lookup_key"] = None
        return self._new("price", "price", {"active": True, "lookup_key": None, "metadata": {},
                                            **told})  # fmt: skip

    def create_session(self, told: Thing) -> Thing:
        for line in told["line_items"]:
            if not self.get("price", line["price"])["active"]:
                raise RefusedError(400, "invalid_request_error", "price_inactive")
        self.get("customer", told["customer"])
        made = self._new("checkout.session", "cs_test", {"status": "open", "payment_status":
                         "unpaid", "subscription": None, **told})  # fmt: skip
        made["url"] = f"https://checkout.stripe.test/{made['id']}"
        return made

    def create_portal(self, told: Thing) -> Thing:
        self.get("customer", told["customer"])
        made = self._new("billing_portal.session", "bps", told)
        made["url"] = f"https://billing.stripe.test/{made['id']}"
        return made

    def create_subscription(self, told: Thing, *, status: str = "active") -> Thing:
        now = self.now()
        price = self.get("price", told["items"][0]["price"])
        item = {"id": self._key("si"), "object": "subscription_item", "price": price,
                "quantity": 1, "current_period_start": now,
                "current_period_end": now + YEAR}  # fmt: skip
        made = self._new("subscription", "sub", {
            "customer": told["customer"], "status": status, "ended_at": None, "cancel_at": None,
            "cancel_at_period_end": False, "metadata": told.get("metadata") or {},
            "collection_method": told.get("collection_method", "charge_automatically"),
            "days_until_due": told.get("days_until_due"),
            "items": {"object": "list", "data": [item], "has_more": False, "url": "/v1/items"},
        })  # fmt: skip
        self.bill(made, price["unit_amount"], "subscription_create")
        return made

    def update_subscription(self, key: str, told: Thing) -> Thing:
        subscription = self.get("subscription", key)
        if subscription["status"] in ("canceled", "incomplete_expired"):
            raise RefusedError(400, "invalid_request_error", "subscription_canceled")
        for changed in told.get("items") or []:
            item = next(i for i in subscription["items"]["data"] if i["id"] == changed["id"])
            before, item["price"] = item["price"], self.get("price", changed["price"])
            more = item["price"]["unit_amount"] - before["unit_amount"]
            if told.get("proration_behavior") == "always_invoice" and more > 0:
                self.bill(subscription, more, "subscription_update")
        for name, value in (told.get("metadata") or {}).items():
            subscription["metadata"].pop(name, None)
            if value:
                subscription["metadata"][name] = value
        if "cancel_at_period_end" in told:
            subscription["cancel_at_period_end"] = told["cancel_at_period_end"]
        self.tell("customer.subscription.updated", subscription)
        return subscription

    # What time, customers and Stripe's own staff do

    def bill(self, subscription: Thing, amount: int, reason: str, *, due_in: int = 30) -> Thing:
        """Make and finalise an invoice, to be paid within ``due_in`` days if it is mailed."""
        now = self.now()
        mailed = subscription["collection_method"] == "send_invoice"
        made = self._new("invoice", "in", {
            "customer": subscription["customer"], "status": "open", "billing_reason": reason,
            "number": f"BALAI-{next(self._numbers):04d}", "total": amount, "subtotal": amount,
            "total_excluding_tax": amount, "amount_due": amount, "currency": "idr",
            "due_date": now + due_in * 86400 if mailed else None,
            "status_transitions": {"finalized_at": now, "paid_at": None},
            "hosted_invoice_url": "https://invoice.stripe.test/i",
            "parent": {"type": "subscription_details",
                       "subscription_details": {"subscription": subscription["id"]}},
            "lines": {"object": "list", "data": [{"description": "Balai"}], "has_more": False,
                      "url": "/v1/lines"},
        })  # fmt: skip
        self.tell("invoice.finalized", made)
        return made

    def complete(self, session: Thing) -> Thing:
        """The visitor pays on the checkout page."""
        lines = [{"price": line["price"]} for line in session["line_items"]]
        made = self.create_subscription({"customer": session["customer"], "items": lines})
        session.update(status="complete", payment_status="paid", subscription=made["id"])
        for invoice in self.all("invoice", customer=session["customer"]):
            if invoice["parent"]["subscription_details"]["subscription"] == made["id"]:
                self.settle(invoice, "paid")
        self.tell("checkout.session.completed", session)
        return made

    def settle(self, invoice: Thing, status: str) -> None:
        """An invoice is paid, void or uncollectible; it stays so once paid or void."""
        if invoice["status"] in ("paid", "void"):
            return
        invoice["status"] = status
        if status == "paid":
            invoice["status_transitions"]["paid_at"] = self.now()
        name = {"void": "voided", "uncollectible": "marked_uncollectible"}.get(status, status)
        self.tell(f"invoice.{name}", invoice)

    def put_due(self, invoice: Thing, days_ago: int) -> None:
        """Let an open invoice have been due so many days ago."""
        if invoice["status"] != "open":
            return
        now = self.now()
        invoice["due_date"] = now - days_ago * 86400
        invoice["status_transitions"]["finalized_at"] = now - (days_ago + 30) * 86400
        self.tell("invoice.overdue", invoice)

    def put_status(self, subscription: Thing, status: str) -> None:
        """Let a subscription come into a status that may follow its present one."""
        if status not in NEXT[subscription["status"]]:
            return
        subscription["status"] = status
        if status == "canceled":
            subscription["ended_at"] = self.now()
        name = "deleted" if status == "canceled" else "updated"
        self.tell(f"customer.subscription.{name}", subscription)

    def delete_customer(self, customer: Thing) -> None:
        for subscription in self.all("subscription", customer=customer["id"]):
            self.put_status(subscription, "canceled")
        customer["deleted"] = True
        self.tell("customer.deleted", customer)

    def tell(self, kind: str, thing: Thing) -> Thing:
        """Make an event with the object as it is now: stale as soon as the next thing happens."""
        made = {
            "id": self._key("evt"), "object": "event", "api_version": "2026-10-28.endive",
            "type": kind, "created": self.now(), "livemode": False, "pending_webhooks": 1,
            "data": {"object": copy.deepcopy(thing)},
        }  # fmt: skip
        self.events.append(made)
        return made

    def _new(self, kind: str, prefix: str, told: Thing) -> Thing:
        key = told.get("id") or self._key(prefix)
        made = {**copy.deepcopy(told), "id": key, "object": kind, "created": self.now(),
                "livemode": False}  # fmt: skip
        self.things[kind][key] = made
        self.tell(f"{kind}.created" if kind != "subscription" else "customer.subscription.created",
                  made)  # fmt: skip
        return made

    def _key(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):08d}"

    def now(self) -> int:
        return next(self._clock)
