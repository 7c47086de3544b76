"""Hand committed events to every receiver, as the outbox does, twice each."""

from balai.modules.events import receivers_of
from balai.notify.models import Message
from balai.outbox.models import Event


def deliver(prefix: str = "jobs.") -> list[Message]:
    """Run the receivers of every event of ``prefix``; return the notices that were written."""
    for event in Event.objects.filter(topic__startswith=prefix).order_by("id"):
        for receive in receivers_of(event.topic):
            receive(event.data())
            receive(event.data())
    return list(Message.objects.filter(template__startswith="jobs/").order_by("id"))


def told(messages: list[Message], address: str) -> list[str]:
    """Return the names of the notices to one address, in order."""
    return [m.template.partition("/")[2] for m in messages if m.recipient == address]
