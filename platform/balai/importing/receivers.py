"""One event is one slice of an import."""

from balai.importing import services
from balai.importing.services.stepping import STEP
from balai.modules import EventData, receiver


@receiver(STEP)
def do_slice(event: EventData) -> None:
    """Do it; the next slice is another event."""
    services.advance(int(event.payload["run"] or 0))
