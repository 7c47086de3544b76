"""A partner has not said yet that it knows: remind it at half time, tell the city at the end."""

from uuid import UUID

from balai.modules import EventData, receiver
from modules.partners import topics
from modules.partners.models import Share
from modules.partners.receivers.wording import facts, write_all
from modules.partners.selectors import addressees


@receiver(f"{topics.CLOCK}_half", f"{topics.CLOCK}_due")
def remind(event: EventData) -> None:
    """Write to the partner; when the time is over, to who shared the case as well."""
    rows = Share.objects.select_related("cooperation__partner", "proposed_by")
    share = rows.filter(uuid=UUID(event.key)).first()
    if share is None or not share.waiting or not share.cooperation.live or share.sample:
        return
    late = event.topic.endswith("_due")
    told, key = facts(share), f"{share.uuid}:{event.payload.get('started')}"
    write_all(
        addressees.of_partner(share.cooperation), "late" if late else "reminder", told, key
    )  # fmt: skip
    if late:
        write_all(addressees.of_region(share), "late_there", told, key)
