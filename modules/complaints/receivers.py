"""Tell people: the reporter of every step, the agency of new work."""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse

from balai import context, notify
from balai.modules import EventData, receiver
from modules.complaints import tokens, topics
from modules.complaints.models import Complaint
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
}
AGENCY_NOTICES: Final[Mapping[str, str]] = {
    "complaints.verify": "agency_new",
    "complaints.reopen": "agency_reopened",
    "complaints.send_back": "agency_reopened",
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
            **_facts(report),
            "text": entry.text if entry else "",
            "secret": tokens.secret_of(report.uuid) if event.topic == topics.REPORT else "",
            "url": _absolute("complaints:open", tokens.link_token(report.uuid)),
        },
        language=report.language,
        dedupe_key=f"complaints.reporter:{event.id}",
    )


@receiver(*AGENCY_NOTICES)
def tell_agency(event: EventData) -> None:
    """Write to the agency's own address that it has work; without anything of the reporter."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is None or report.sample or report.agency is None or not report.agency.email:
        return
    notify.send(
        template=f"complaints/{AGENCY_NOTICES[event.topic]}",
        to=notify.Recipient(email=report.agency.email),
        context={**_facts(report), "url": _absolute("complaints_desk:detail", report.uuid)},
        dedupe_key=f"complaints.agency:{event.id}",
    )


def _reporter(report: Complaint) -> notify.Recipient | None:
    contact = getattr(report, "contact", None)
    if contact and (contact.email or contact.phone):
        return notify.Recipient(email=contact.email, phone=contact.phone)
    return notify.Recipient(user=report.reporter) if report.reporter else None


def _facts(report: Complaint) -> dict[str, Any]:
    return {
        "number": report.number,
        "title": report.title,
        "agency": report.agency.name if report.agency else "",
        "due": report.due_at,
        "days": report.category.days,
    }


def _absolute(name: str, argument: object) -> str:
    return context.current_region().base_url + reverse(name, args=[argument])
