"""Stripe in our own words: the only file, with ``prices``, that talks to its library.

The library (16.1.0) pins API version 2026-10-28.endive. Objects become facts here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import stripe
from django.conf import settings

from provisioning.billing import facts
from provisioning.models import BillingAccount

SECONDS: Final = 10
TRIES: Final = 2
MOST: Final = 100
"""Rows the API gives at once."""


class GatewayError(Exception):
    """Stripe could not be asked, or refused; ``str()`` has no personal data."""


class BadSignatureError(ValueError):
    """A webhook that is not Stripe's, or too old, or no event at all."""


def configured() -> bool:
    """Tell whether this deployment has a key. Without one nothing here may be called."""
    return bool(settings.STRIPE_API_KEY)


@lru_cache(maxsize=4)
def _client(key: str, base: str, made: Callable[[], Any]) -> stripe.StripeClient:
    addresses: Any = {"api": base} if base else None
    return stripe.StripeClient(
        key, base_addresses=addresses, http_client=made(), max_network_retries=TRIES
    )


def transport() -> Any:
    """Return what carries requests."""
    return stripe.RequestsClient(timeout=SECONDS)


@contextmanager
def api() -> Iterator[Any]:
    """Yield the client's version 1.

    Raises:
        GatewayError: for whatever Stripe answers but success, and when it does not answer.
    """
    try:
        yield _client(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE, transport).v1
    except stripe.StripeError as error:
        raise GatewayError(f"{type(error).__name__} {error.code or error.http_status or ''}") \
            from error  # fmt: skip


def ensure_customer(account: BillingAccount) -> str:
    """Return the region's customer; make it when it has none. The same call again makes no second.

    Raises:
        GatewayError: as all functions here.
    """
    if account.stripe_customer:
        return account.stripe_customer
    told: dict[str, Any] = {
        "name": account.legal_name or account.region.name,
        "metadata": {"region": str(account.region_id), "code": account.region.code},
        "preferred_locales": ["id"],
    }
    if account.email:
        told["email"] = account.email
    if account.npwp:
        told["invoice_settings"] = {"custom_fields": [{"name": "NPWP", "value": account.npwp}]}
    with api() as v1:
        made = v1.customers.create(told, _once(f"customer-{account.region_id}"))
    account.stripe_customer = str(made.id)
    account.save(update_fields=["stripe_customer"])
    return account.stripe_customer


def checkout(account: BillingAccount, price: str, *, back: str) -> str:
    """Return the address of a page at Stripe where the plan is subscribed to and paid.

    Args:
        back: where the visitor comes back to, either way.
    """
    with api() as v1:
        session = v1.checkout.sessions.create({
            "mode": "subscription", "customer": account.stripe_customer,
            "client_reference_id": str(account.region_id), "locale": "id",
            "line_items": [{"price": price, "quantity": 1}],
            "success_url": f"{back}?paid=1", "cancel_url": back,
        })  # fmt: skip
    return str(session.url)


def subscribe(account: BillingAccount, price: str, *, order: str) -> None:
    """Begin a subscription whose invoices Stripe mails, to be paid in INVOICE_DUE_DAYS.

    Args:
        order: the same order twice is one subscription.
    """
    with api() as v1:
        v1.subscriptions.create(
            {
                "customer": account.stripe_customer,
                "items": [{"price": price}],
                "collection_method": "send_invoice",
                "days_until_due": settings.INVOICE_DUE_DAYS,
            },
            _once(f"subscription-{account.region_id}-{order}"),
        )


def reprice(
    now: facts.Subscription, price: str, *, keep: str = "", keep_until: datetime | None = None
) -> None:
    """Give a subscription another price.

    A dearer one holds and is invoiced at once, for the days that are left. For a cheaper one
    ``keep`` names the plan that has been paid for until ``keep_until``; nothing is given back.
    """
    later = keep_until is not None
    told = {"keep": keep, "keep_until": str(int(keep_until.timestamp())) if keep_until else ""}
    with api() as v1:
        v1.subscriptions.update(now.key, {
            "items": [{"id": now.item, "price": price}], "metadata": told,
            "proration_behavior": "none" if later else "always_invoice",
            "cancel_at_period_end": False,
        })  # fmt: skip


def end_with_period(now: facts.Subscription) -> None:
    """Have a subscription end when what has been paid for is over."""
    with api() as v1:
        v1.subscriptions.update(now.key, {"cancel_at_period_end": True})


def portal(account: BillingAccount, *, back: str) -> str:
    """Return the address of Stripe's page for cards, invoices and receipts."""
    with api() as v1:
        session = v1.billing_portal.sessions.create(
            {"customer": account.stripe_customer, "return_url": back, "locale": "id"}
        )
    return str(session.url)


def snapshot(customer: str) -> facts.Snapshot:
    """Return what the API knows of a customer now: its subscriptions, ended ones too, and bills."""
    with api() as v1:
        found = v1.customers.retrieve(customer)
        if getattr(found, "deleted", False):
            return facts.Snapshot((), (), gone=True)
        of = {"customer": customer, "limit": MOST}
        subscriptions = v1.subscriptions.list({**of, "status": "all"}).auto_paging_iter()
        bills = v1.invoices.list(of).auto_paging_iter()
        return facts.Snapshot(
            tuple(facts.subscription(row.to_dict()) for row in subscriptions),
            tuple(facts.bill(row.to_dict()) for row in bills),
        )


def event(body: bytes, signature: str) -> facts.Event:
    """Read a webhook: signed by Stripe, at most five minutes ago.

    Args:
        body: the raw bytes, as they were signed.
        signature: the header Stripe-Signature.

    Raises:
        BadSignatureError: for anything else.
    """
    try:
        made = stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET)
        return facts.event(made.to_dict())
    except (stripe.SignatureVerificationError, ValueError, LookupError, TypeError) as error:
        raise BadSignatureError(type(error).__name__) from error


def _once(key: str) -> dict[str, Any]:
    """Return the option that makes Stripe answer a repeated request with its first answer."""
    return {"idempotency_key": f"balai-{key}"}
