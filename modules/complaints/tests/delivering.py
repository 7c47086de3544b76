"""Hand a report's committed events to every receiver, as the outbox does, twice each."""

from balai.modules.events import receivers_of
from balai.notify.models import Message
from balai.outbox.models import Event
from modules.complaints.models import Complaint


def deliver(report: Complaint) -> list[Message]:
    """Run the receivers of all events there are, new ones included; return what was written."""
    done = 0
    while True:
        events = Event.objects.filter(key=str(report.uuid), pk__gt=done).order_by("id")
        if not events:
            return list(Message.objects.filter(template__startswith="complaints/").order_by("id"))
        for event in list(events):
            done = event.pk
            for receive in receivers_of(event.topic):
                receive(event.data())
                receive(event.data())


def told(messages: list[Message], address: str) -> list[str]:
    """Return the names of the notices to one address, in order."""
    return [m.template.partition("/")[2] for m in messages if m.recipient == address]
