"""Letters after something happened to an instruction; none tells what it says."""

from django.urls import reverse

from balai import context, notify
from balai.accounts.models import User
from balai.modules import EventData, receiver
from modules.liveroom import topics
from modules.liveroom.models import Instruction
from modules.liveroom.selectors.instructions import heads


@receiver(topics.GIVEN, "liveroom.return", "liveroom.accept", "liveroom.withdraw")
def tell_head(event: EventData) -> None:
    """Tell who heads the agency that there is an instruction, or what became of it."""
    row = _row(event)
    for user in heads(row.agency) if row else ():
        _write(user, row, event)


@receiver("liveroom.answer")
def tell_giver(event: EventData) -> None:
    """Tell who gave an instruction that it was answered."""
    row = _row(event)
    if row is not None and row.given_by is not None and row.given_by.is_active:
        _write(row.given_by, row, event)


def _row(event: EventData) -> Instruction | None:
    rows = Instruction.objects.select_related("agency", "given_by")
    return rows.filter(pk=int(event.payload["instruction"] or 0)).first()


def _write(user: User, row: Instruction | None, event: EventData) -> None:
    if row is None:
        return
    page = reverse("liveroom_desk:instruction", args=[row.uuid])
    notify.send(
        template="liveroom/instruction",
        to=notify.Recipient(user=user),
        context={
            "what": event.topic.partition(".")[2],
            "agency": row.agency.name,
            "due": row.due_on,
            "url": context.current_region().base_url + page,
        },
        dedupe_key=f"liveroom.instruction:{event.id}:{user.uuid}",
    )
