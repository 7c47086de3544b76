"""Tell officers what colleagues want of them, and let go of cases their agency lost."""

from collections.abc import Mapping
from typing import Final

from balai import notify
from balai.accounts.models import User
from balai.modules import EventData, receiver
from modules.complaints import rights
from modules.complaints.receivers.wording import absolute, facts
from modules.complaints.selectors import case
from modules.complaints.services import handover

COLLEAGUE_NOTICES: Final[Mapping[str, str]] = {
    "complaints.handed_over": "handed_over",
    "complaints.mentioned": "mentioned",
}
MOVES_AWAY: Final = ("complaints.verify", "complaints.refuse", "complaints.transfer",
                     "complaints.decide", "complaints.merge")  # fmt: skip


@receiver(*COLLEAGUE_NOTICES)
def tell_colleague(event: EventData) -> None:
    """Write to the officer that a case or a note waits; the note itself stays at the desk."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    officer = User.objects.filter(pk=int(event.payload["officer"] or 0)).first()
    if report is None or report.sample or event.payload["officer"] == event.payload["by"]:
        return
    if officer is None or not rights.has(officer, rights.DESK, report):
        return
    sender = User.objects.filter(pk=int(event.payload["by"] or 0)).first()
    notify.send(
        template=f"complaints/{COLLEAGUE_NOTICES[event.topic]}",
        to=notify.Recipient(user=officer),
        context={
            **facts(report),
            "sender": sender.label if sender else "",
            "url": absolute("complaints_desk:detail", report.uuid),
        },
        language=officer.language,
        dedupe_key=f"complaints.colleague:{event.id}",
    )


@receiver(*MOVES_AWAY)
def release_assignee(event: EventData) -> None:
    """Take the case from the officer whose agency does not hold it any more."""
    handover.release(complaint_id=int(event.payload["complaint"] or 0))
