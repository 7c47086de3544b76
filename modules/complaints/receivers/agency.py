"""Tell the agency that it has work."""

from collections.abc import Mapping
from typing import Final

from balai import notify
from balai.modules import EventData, receiver
from modules.complaints.receivers.wording import absolute, facts
from modules.complaints.selectors import case

AGENCY_NOTICES: Final[Mapping[str, str]] = {
    "complaints.verify": "agency_new",
    "complaints.reopen": "agency_reopened",
    "complaints.send_back": "agency_reopened",
}


@receiver(*AGENCY_NOTICES)
def tell_agency(event: EventData) -> None:
    """Write to the agency's own address that it has work; without anything of the reporter."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is None or report.sample or report.agency is None or not report.agency.email:
        return
    notify.send(
        template=f"complaints/{AGENCY_NOTICES[event.topic]}",
        to=notify.Recipient(email=report.agency.email),
        context={**facts(report), "url": absolute("complaints_desk:detail", report.uuid)},
        dedupe_key=f"complaints.agency:{event.id}",
    )
