"""After an alert: subscribers are told, and those who may approve are asked."""

from balai.modules import EventData, receiver
from modules.emergency import topics
from modules.emergency.models import Alert
from modules.emergency.services import telling


@receiver(topics.ALERT)
def tell_subscribers(event: EventData) -> None:
    """Begin to write to the subscribers of the alert's areas."""
    telling.tell(alert=_alert(event))


@receiver(topics.ALERT_TOLD)
def tell_more_subscribers(event: EventData) -> None:
    """Go on behind those who were written to."""
    telling.tell(alert=_alert(event), after=_number(event, "after"))


@receiver(topics.ALERT_WAITS)
def ask_for_approval(event: EventData) -> None:
    """Ask, unless somebody was quicker or it was taken back."""
    found = Alert.objects.filter(pk=_number(event, "alert"), state=Alert.State.SUBMITTED).first()
    if found is not None:
        telling.ask_approvers(found)


def _alert(event: EventData) -> Alert:
    return Alert.objects.select_related("references").get(pk=_number(event, "alert"))


def _number(event: EventData, name: str) -> int:
    return int(event.payload[name] or 0)
