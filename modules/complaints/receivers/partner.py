"""Write the letter to the authority that a report was passed on to."""

from balai import notify
from balai.modules import EventData, receiver
from modules.complaints import tokens, workflow
from modules.complaints.receivers.wording import absolute, facts
from modules.complaints.selectors import outside
from modules.complaints.services import transferring
from modules.complaints.workflow import Tell


@receiver(*workflow.topics_for(Tell.PARTNER))
def write_to_partner(event: EventData) -> None:
    """Send the link with which the authority takes the report on; without the reporter."""
    handover = outside.waiting(int(event.payload["complaint"] or 0))
    if handover is None or handover.complaint.sample:
        return
    url = absolute("complaints:partner", tokens.partner_token(handover.uuid))
    notify.send(
        template="complaints/partner",
        to=notify.Recipient(email=handover.address),
        context={
            **facts(handover.complaint), "receiver": handover.receiver, "text": "", "url": url,
        },
        dedupe_key=f"complaints.partner:{event.id}",
    )  # fmt: skip
    transferring.sent(outside=handover)
