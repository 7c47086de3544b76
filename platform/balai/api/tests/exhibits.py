"""Keys and webhooks for the two-city matrix (I-01)."""

from balai.api import key_services, webhook_services
from tests.isolation.exhibits import CANARY, Exhibits


def exhibits() -> Exhibits:
    """Make a key, and an address with one delivery; nothing is sent in a test."""
    key, _token = key_services.create(
        name=f"{CANARY} kunci", scopes=["specimen:write"], per_minute=60, by=None
    )
    endpoint = webhook_services.create(
        name=f"{CANARY} alamat", url="https://kanari.invalid/", topics=["specimen.note_written"],
        by=None,
    )  # fmt: skip
    delivery = webhook_services.test(endpoint=endpoint)
    pages = ("webhook", "webhook-edit", "webhook-test", "webhook-rotate", "webhook-pause",
             "webhook-resume", "webhook-delete")  # fmt: skip
    return {
        "api_console:key": {"prefix": key.prefix},
        "api_console:revoke": {"prefix": key.prefix},
        **{f"api_console:{page}": {"reference": endpoint.uuid} for page in pages},
        "api_console:delivery": {"reference": delivery.uuid},
        "api_console:redeliver": {"reference": delivery.uuid},
    }
