"""Draw a share of what was closed for a second look."""

from balai.modules import EventData, receiver
from modules.complaints.selectors import case
from modules.complaints.services import auditing


@receiver("complaints.confirm", "complaints.auto_close")
def draw(event: EventData) -> None:
    """Look up the lot of a report that was just closed; the same however often it is asked."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is not None:
        auditing.draw(complaint=report, now=event.created_at)
