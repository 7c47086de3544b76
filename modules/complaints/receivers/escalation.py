"""What the clocks tell: a late case climbs, a deadline moves with the calendar, day 60 comes."""

from balai.modules import EventData, receiver
from modules.complaints.receivers.wording import absolute, facts, write_all
from modules.complaints.selectors import case, ladder
from modules.complaints.services import clocking, escalating


@receiver("complaints.turn_climbed")
def climb(event: EventData) -> None:
    """Let a late case climb one rung, unless it has moved on since."""
    report = case.for_clock(event.key)
    if report is None or report.sample:
        return
    rung, started = int(event.payload["level"] or 0), int(event.payload["started"] or 0)
    escalating.climb(complaint=report, rung=rung, started=started)


@receiver("complaints.escalated")
def tell_superiors(event: EventData) -> None:
    """Write to whoever stands on the rung that the case has reached."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is None or report.sample:
        return
    people = ladder.rung(report.agency, int(event.payload["step"] or 0))
    context = {**facts(report), "text": "", "url": absolute("complaints_desk:detail", report.uuid)}
    key = f"complaints.escalated:{event.id}"
    write_all(ladder.addressees(people), "escalated", context, key)


@receiver("complaints.turn_moved", "complaints.answer_moved")
def follow_calendar(event: EventData) -> None:
    """Take the new deadline over after a day off was added or taken away."""
    report = case.for_clock(event.key)
    if report is not None:
        clocking.follow(event.topic.removesuffix("_moved"), report)


@receiver("complaints.case_due")
def offer_dossier(event: EventData) -> None:
    """Tell the reporter of an unfinished case that the Ombudsman may be asked."""
    report = case.for_clock(event.key)
    if report is not None and not report.sample:
        escalating.dossier_due(complaint=report)
