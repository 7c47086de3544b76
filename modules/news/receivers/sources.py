"""Read another site at once when an editor waits for it; the others have their turn."""

from balai.modules import EventData, receiver
from modules.news import topics
from modules.news.selectors import feeds
from modules.news.services import reading


@receiver(topics.SOURCE_WANTED)
def read_source(event: EventData) -> None:
    """Read it; one that was read meanwhile is left alone."""
    name = feeds.name_of(int(event.payload["feed"] or 0))
    if name is not None:
        reading.read(name)
