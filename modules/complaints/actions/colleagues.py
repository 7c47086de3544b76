"""Buttons among officers: a note, mine, hand over, hand back."""

from django.utils.translation import gettext_lazy as _

from modules.complaints import colleague_forms, rights, workflow
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint
from modules.complaints.services import handover, noting
from modules.complaints.states import OPEN


def _nobodys(report: Complaint) -> bool:
    return report.state in OPEN and report.assignee_id is None


def _somebodys(report: Complaint) -> bool:
    return report.state in OPEN and report.assignee_id is not None


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("note", _("Internal note"), "sticky-note", "n", rights.DESK,
           lambda c, u, d, f: noting.write_note(complaint=c, text=d["text"],
                                                mention=d["mention"], by=u),
           form=colleague_forms.NoteForm, done=_("Noted, for officers only.")),
    Action("mine", _("Assign to me"), "user-check", "m", workflow.HANDLE,
           lambda c, u, d, f: handover.take(complaint=c, by=u),
           done=_("It is among your cases now."), fits=_nobodys),
    Action("hand-over", _("Hand over"), "users", "h", workflow.HANDLE,
           lambda c, u, d, f: handover.hand_over(complaint=c, to=d["officer"], note=d["text"],
                                                 by=u),
           form=colleague_forms.HandOverForm, done=_("Handed over. Your colleague is told."),
           fits=lambda c: c.state in OPEN),
    Action("hand-back", _("Hand back"), "corner-up-left", "", workflow.HANDLE,
           lambda c, u, d, f: handover.hand_back(complaint=c, note=d["text"], by=u),
           form=colleague_forms.HandBackForm, done=_("Nobody in particular works on it now."),
           fits=_somebodys),
)
# fmt: on
