"""Fixtures of the billing tests: a Stripe of our own, tasks in this process, a quick way in."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from provisioning.billing import gateway
from tenants import hosts
from tests.support.stripe_server import Api, InProcess, serve, sign

SECRET = "whsec_test"


@pytest.fixture
def api(settings) -> Iterator[Api]:
    """Yield a Stripe served over HTTP, and point the product at it."""
    made = Api()
    with serve(made) as address:
        settings.STRIPE_API_KEY, settings.STRIPE_API_BASE = "sk_test_balai", address
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        yield made
    gateway._client.cache_clear()


@pytest.fixture
def near(settings, monkeypatch) -> Api:
    """Return a Stripe in this process: the same client, no socket, for thousands of rounds."""
    made = Api()
    settings.STRIPE_API_KEY, settings.STRIPE_API_BASE = "sk_test_balai", "http://stripe.test"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    client = InProcess(made)
    monkeypatch.setattr(gateway, "transport", lambda: client)
    gateway._client.cache_clear()
    return made


@pytest.fixture
def deliver(db: None) -> Callable[..., int]:
    """Return a function that posts an event to the apex as Stripe does; it gives the status."""
    client = Client(HTTP_HOST=str(hosts.apex()), enforce_csrf_checks=True)

    def send(event: dict, *, secret: str = SECRET, at: int | None = None) -> int:
        body, header = sign(event, secret, at=at)
        return client.post(
            "/webhooks/stripe/", body, "application/json", headers={"Stripe-Signature": header}
        ).status_code

    return send
