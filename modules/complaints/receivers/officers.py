"""Tell coordinators, validators and supervisors what waits for them."""

from collections.abc import Callable, Mapping
from typing import Final

from balai import notify
from balai.modules import EventData, receiver
from modules.complaints import workflow
from modules.complaints.models import Complaint, HoldRequest
from modules.complaints.receivers.wording import absolute, facts, write_all
from modules.complaints.selectors import case, staff
from modules.complaints.selectors.staff import Addressee
from modules.complaints.workflow import Tell

COORDINATOR_NOTICES: Final[Mapping[str, str]] = {
    "complaints.answer_info": "staff_answered",
    "complaints.appeal": "staff_appealed",
    "complaints.acknowledge": "staff_acknowledged",
    "complaints.take_back": "staff_taken_back",
    "complaints.refuse": "staff_refused",
    "complaints.reopen": "staff_reopened",
}
VALIDATOR_NOTICES: Final[Mapping[str, str]] = {"complaints.submit": "validator_new"}
OTHER_NOTICES: Final[Mapping[str, str]] = {
    "complaints.hold_asked": "hold_asked",
    "complaints.hold_denied": "hold_denied",
    "complaints.dossier_consented": "dossier_consented",
}
SAY_WHY = ("complaints.refuse", "complaints.acknowledge", *OTHER_NOTICES)


@receiver(*workflow.topics_for(Tell.COORDINATOR))
def tell_coordinators(event: EventData) -> None:
    """Write to the coordinators what came back to them."""
    _tell(event, COORDINATOR_NOTICES, lambda report: staff.coordinators())


@receiver(*workflow.topics_for(Tell.VALIDATOR))
def tell_validators(event: EventData) -> None:
    """Write to those who check evidence."""
    _tell(event, VALIDATOR_NOTICES, lambda report: staff.people(staff.holders(staff.VALIDATORS)))


@receiver("complaints.hold_asked")
def tell_supervisors(event: EventData) -> None:
    """Ask whoever may consent to a case resting."""
    _tell(event, OTHER_NOTICES, lambda report: staff.supervisors(report.agency))


@receiver("complaints.hold_denied")
def tell_asker(event: EventData) -> None:
    """Tell the officer who asked that the case may not rest."""
    _tell(event, OTHER_NOTICES, _asker)


@receiver("complaints.dossier_consented")
def tell_of_consent(event: EventData) -> None:
    """Tell the coordinators that the dossier may be handed out."""
    _tell(event, OTHER_NOTICES, lambda report: staff.coordinators())


def _tell(
    event: EventData,
    notices: Mapping[str, str],
    whom: Callable[[Complaint], list[Addressee]],
) -> None:
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is None or report.sample:
        return
    entry = case.entry(event.payload.get("entry"))
    context = {**facts(report), "url": absolute("complaints_desk:detail", report.uuid)}
    context["text"] = entry.text if entry and event.topic in SAY_WHY else ""
    if entry is not None and entry.agency is not None:
        context["agency"] = entry.agency.name
    write_all(whom(report), notices[event.topic], context, f"{event.topic}:{event.id}")


def _asker(report: Complaint) -> list[Addressee]:
    denied = HoldRequest.objects.filter(complaint=report, granted=False)
    last = denied.select_related("asked_by").order_by("-decided_at", "-id").first()
    user = last.asked_by if last else None
    return [Addressee(f"user{user.pk}", notify.Recipient(user=user))] if user else []
