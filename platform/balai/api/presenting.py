"""Keys, webhooks and deliveries as the console shows them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import pgettext_lazy

from balai.api import scopes
from balai.api.models import ApiKey, WebhookDelivery, WebhookEndpoint
from balai.modules.manifest import type_str
from balai.ui.status import Status

VALID: Final = Status("green", "check", pgettext_lazy("key", "In use"))
EXPIRED: Final = Status("grey", "hourglass", pgettext_lazy("key", "Expired"))
REVOKED: Final = Status("grey", "ban", pgettext_lazy("key", "Revoked"))


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key with its state and its rights in words."""

    key: ApiKey
    status: Status
    rights: list[type_str]

    @property
    def ended(self) -> bool:
        """Whether it no longer opens anything."""
        return self.status is not VALID


def key(row: ApiKey, now: datetime, offered: Sequence[scopes.Choice]) -> KeyEntry:
    """Return a key for a page."""
    status = VALID
    if row.revoked_at is not None:
        status = REVOKED
    elif row.expires_at is not None and row.expires_at <= now:
        status = EXPIRED
    return KeyEntry(row, status, scopes.labels(row.scopes, list(offered)))


CALLED: Final = Status("green", "check", pgettext_lazy("webhook", "In use"))
PAUSED: Final = Status("grey", "circle-pause", pgettext_lazy("webhook", "Paused"))
FAILING: Final = Status("amber", "triangle-alert", pgettext_lazy("webhook", "Does not answer"))
DELIVERIES: Final = {
    WebhookDelivery.Status.WAITING: ("amber", "hourglass"),
    WebhookDelivery.Status.DELIVERED: ("green", "check"),
    WebhookDelivery.Status.FAILED: ("red", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class EndpointEntry:
    """An address with its state and what it is told of, in words."""

    endpoint: WebhookEndpoint
    status: Status
    topics: list[type_str]


@dataclass(frozen=True, slots=True)
class DeliveryEntry:
    """A delivery with its state; ``body`` is what was sent, as text."""

    delivery: WebhookDelivery
    status: Status
    body: str


def endpoint(row: WebhookEndpoint, offered: Sequence[scopes.Choice]) -> EndpointEntry:
    """Return an address for a page."""
    status = CALLED if row.active else PAUSED
    if row.active and row.failures:
        status = FAILING
    return EndpointEntry(row, status, scopes.labels(row.topics, list(offered)))


def delivery(row: WebhookDelivery) -> DeliveryEntry:
    """Return a delivery for a page."""
    status = WebhookDelivery.Status(row.status)
    colour, icon = DELIVERIES[status]
    body = json.dumps(row.body, ensure_ascii=False, indent=2)
    return DeliveryEntry(row, Status(colour, icon, status.label), body)
