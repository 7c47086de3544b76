"""Tell the reporter of every step."""

from collections.abc import Mapping
from typing import Final

from balai import notify
from balai.accounts import phones
from balai.modules import EventData, receiver
from modules.complaints import tokens, topics
from modules.complaints.models import Complaint
from modules.complaints.receivers.wording import absolute, facts
from modules.complaints.selectors import case

REPORTER_NOTICES: Final[Mapping[str, str]] = {
    topics.REPORT: "received",
    "complaints.verify": "assigned",
    "complaints.decide": "assigned",
    "complaints.ask_info": "question",
    "complaints.reject": "rejected",
    "complaints.lapse": "lapsed",
    "complaints.transfer": "passed_on",
    "complaints.acknowledge": "taken_on",
    "complaints.take_back": "taken_back",
    "complaints.refuse": "bounced",
    "complaints.accept": "accepted",
    "complaints.plan": "planned",
    "complaints.hold": "rests",
    "complaints.resume": "goes_on",
    "complaints.submit": "evidence",
    "complaints.resolve": "resolved",
    "complaints.approve": "resolved",
    "complaints.auto_close": "closed",
    "complaints.reopen_by_audit": "opened_by_audit",
    "complaints.withdraw": "withdrawn",
    "complaints.escalated": "climbed",
    topics.STAFF_WROTE: "message",
    topics.REMINDER_DUE: "reminder",
    "complaints.dossier": "dossier",
}
"""Joining and parting are told by ``duplicates.py``, which knows both reports."""
ASKS: Final = ("resolved", "reminder")
"""Notices with the two buttons."""


@receiver(*REPORTER_NOTICES)
def tell_reporter(event: EventData) -> None:
    """Write to whoever sent the report, if they left an address; samples have no reporter."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    to = addressee(report) if report and not report.sample else None
    if report is None or to is None:
        return
    entry = case.entry(event.payload.get("entry"))
    notice = REPORTER_NOTICES[event.topic]
    context = facts(report)
    if entry is not None and entry.agency is not None:
        context["agency"] = entry.agency.name  # also after it sent the case back
    context["text"] = entry.text if entry else ""
    context["secret"] = tokens.secret_of(report.uuid) if event.topic == topics.REPORT else ""
    context |= _links(report, asks=notice in ASKS and report.state == "resolved")
    notify.send(
        template=f"complaints/{notice}",
        to=to,
        context=context,
        language=report.language,
        dedupe_key=f"complaints.reporter:{event.id}",
    )


def addressee(report: Complaint) -> notify.Recipient | None:
    """Return how to reach the reporter: as they wished, else by their account; None for nobody."""
    contact = getattr(report, "contact", None)
    if contact and (contact.email or contact.phone):
        phone = phones.normalise_or_none(contact.phone) if contact.phone else None
        return notify.Recipient(
            email=contact.email, phone=phone or contact.phone, prefers=contact.prefers
        )
    return notify.Recipient(user=report.reporter) if report.reporter else None


def _links(report: Complaint, *, asks: bool) -> dict[str, str]:
    """Return the notice's links; those of the two buttons open a page and change nothing."""
    url = absolute("complaints:open", tokens.link_token(report.uuid))
    if not asks:
        return {"url": url, "yes": "", "no": ""}
    return {"url": url, "yes": f"{url}?to=answer", "no": f"{url}?to=reopen"}
