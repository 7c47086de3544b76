"""Tell the reporter of every step."""

from collections.abc import Mapping
from typing import Final

from balai import notify
from balai.modules import EventData, receiver
from modules.complaints import tokens, topics
from modules.complaints.models import Complaint
from modules.complaints.receivers.wording import absolute, facts
from modules.complaints.selectors import case

REPORTER_NOTICES: Final[Mapping[str, str]] = {
    topics.REPORT: "received",
    "complaints.verify": "assigned",
    "complaints.ask_info": "question",
    "complaints.reject": "rejected",
    "complaints.lapse": "lapsed",
    "complaints.accept": "accepted",
    "complaints.resolve": "resolved",
    "complaints.approve": "resolved",
    "complaints.auto_close": "closed",
    topics.STAFF_WROTE: "message",
    topics.REMINDER_DUE: "reminder",
    "complaints.dossier": "dossier",
}


@receiver(*REPORTER_NOTICES)
def tell_reporter(event: EventData) -> None:
    """Write to whoever sent the report, if they left an address; samples have no reporter."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    to = _reporter(report) if report and not report.sample else None
    if report is None or to is None:
        return
    entry = case.entry(event.payload.get("entry"))
    notify.send(
        template=f"complaints/{REPORTER_NOTICES[event.topic]}",
        to=to,
        context={
            **facts(report),
            "text": entry.text if entry else "",
            "secret": tokens.secret_of(report.uuid) if event.topic == topics.REPORT else "",
            "url": absolute("complaints:open", tokens.link_token(report.uuid)),
        },
        language=report.language,
        dedupe_key=f"complaints.reporter:{event.id}",
    )


def _reporter(report: Complaint) -> notify.Recipient | None:
    contact = getattr(report, "contact", None)
    if contact and (contact.email or contact.phone):
        return notify.Recipient(email=contact.email, phone=contact.phone)
    return notify.Recipient(user=report.reporter) if report.reporter else None
