"""Events on their way to other programs."""

from balai.api import webhooks
from balai.api.webhook_services import DUE
from balai.modules import EventData, receiver, registry

TOPICS = sorted({topic for module in registry.installed() for topic in module.webhook_topics})


@receiver(*TOPICS)
def tell_webhooks(event: EventData) -> None:
    """Write a delivery for each address that wants the event."""
    webhooks.fan_out(event)


@receiver(DUE)
def send_webhook(event: EventData) -> None:
    """Call one address; failures are written down and tried again by themselves."""
    webhooks.send(event)
