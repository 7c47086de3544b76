"""Hand reports over to SP4N-LAPOR!."""

from balai.modules import EventData, receiver
from modules.complaints.selectors import case
from modules.complaints.services import sp4n_sending


@receiver("complaints.verify", "complaints.decide")
def send_by_rule(event: EventData) -> None:
    """Send a report whose kind goes there by itself."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is not None:
        sp4n_sending.send_by_rule(report)


@receiver(sp4n_sending.WANTED)
def deliver_case(event: EventData) -> None:
    """Call the channel; it records failure and tries again by itself."""
    sp4n_sending.deliver(int(event.payload["outside"] or 0))
