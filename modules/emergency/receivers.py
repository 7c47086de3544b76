"""What happens after something happened at the centre."""

import uuid

from balai import neighbours
from balai.modules import EventData, receiver
from modules.emergency import alert_receivers, conf, topics  # noqa: F401  # they register
from modules.emergency.models import Incident, Transfer
from modules.emergency.services import panic, receiving, transferring


@receiver(topics.PANIC)
def send_what_its_phone_did_not(event: EventData) -> None:
    """Send a panic press whose ten seconds are over: its phone may be gone."""
    panic.send(key=uuid.UUID(event.key))


@receiver(topics.HANDED_OVER)
def deliver_hand_over(event: EventData) -> None:
    """Bring a hand-over to the other region, again and again until its receipt is here."""
    transferring.deliver(transfer=Transfer.objects.get(pk=int(event.payload["transfer"] or 0)))


@receiver(topics.CHANGED, topics.ENDED)
def tell_where_it_came_from(event: EventData) -> None:
    """Tell the centre that handed an incident over how far it is."""
    receiving.tell_origin(incident=Incident(pk=event.payload["incident"]))


def anybody(region: object, sender: object) -> dict[str, str]:
    """Let news of a hand-over in: it only reaches a row that names its sender."""
    return {}


neighbours.door(transferring.INCIDENT, opens=conf.card_for)(receiving.arrive)
neighbours.door(receiving.NEWS, opens=anybody)(receiving.hear)
