"""Tell the agency that it has work, and how its time goes."""

from collections.abc import Mapping
from typing import Final

from balai.modules import EventData, receiver
from modules.complaints import workflow
from modules.complaints.receivers.wording import absolute, facts, write_all
from modules.complaints.selectors import case, staff
from modules.complaints.services import escalating

AGENCY_NOTICES: Final[Mapping[str, str]] = {
    "complaints.verify": "agency_new",
    "complaints.decide": "agency_decided",
    "complaints.reopen": "agency_reopened",
    "complaints.reopen_by_audit": "agency_reopened",
    "complaints.send_back": "agency_reopened",
    "complaints.confirm": "agency_confirmed",
    "complaints.merge": "agency_merged",
    "complaints.unmerge": "agency_unmerged",
    "complaints.hold": "agency_rests",
    "complaints.resume": "agency_goes_on",
    "complaints.withdraw": "agency_withdrawn",
}
CLOCK_NOTICES: Final[Mapping[str, str]] = {
    "complaints.turn_half": "agency_half",
    "complaints.turn_due": "agency_due",
}
SAY_WHY = ("complaints.hold",)


@receiver(*workflow.topics_for(workflow.Tell.AGENCY))
def tell_agency(event: EventData) -> None:
    """Write to the agency what happened to its case; without anything of the reporter."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is None or report.sample or report.agency is None:
        return
    entry = case.entry(event.payload.get("entry"))
    context = {
        **facts(report),
        "text": entry.text if entry and event.topic in SAY_WHY else "",
        "url": absolute("complaints_desk:detail", report.uuid),
    }
    write_all(
        staff.of_agency(report.agency), AGENCY_NOTICES[event.topic], context,
        f"complaints.agency:{event.id}",
    )  # fmt: skip


@receiver(*CLOCK_NOTICES)
def tell_time(event: EventData) -> None:
    """Say that half or all of the time has gone, unless the case has moved on since.

    After a downtime both may come at once: then only the one that still holds is told.
    """
    report = case.for_clock(event.key)
    started, half = int(event.payload["started"] or 0), event.topic.endswith("_half")
    if report is None or report.sample or not escalating.is_current(report, started):
        return
    if half and report.due_at is not None and report.due_at <= event.created_at:
        return
    context = {**facts(report), "text": "", "url": absolute("complaints_desk:detail", report.uuid)}
    to = staff.of_agency(report.agency)
    write_all(to, CLOCK_NOTICES[event.topic], context, f"complaints.time:{event.id}")
