"""The coordinator's buttons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from modules.complaints import desk_forms, services, workflow
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint


def _verify(report: Complaint, by: Any, data: dict[str, Any], form: Any) -> object:
    return services.verify_and_route(complaint=report, ruling=form.ruling(), by=by)


def _transfer(report: Complaint, by: Any, data: dict[str, Any], form: Any) -> object:
    return services.transfer(complaint=report, handover=form.handover(), by=by)


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("verify", _("Verify and route"), "send", "t", workflow.VERIFY, _verify, ("verify",),
           desk_forms.VerifyForm, primary=True, done=_("Assigned. Agency and reporter are told.")),
    Action("decide", _("Decide for good"), "gavel", "g", workflow.VERIFY, _verify, ("decide",),
           desk_forms.DecideForm, primary=True, done=_("Assigned. The agency keeps the case.")),
    Action("ask", _("Ask the reporter"), "message-circle-question-mark", "i",
           workflow.VERIFY,
           lambda c, u, d, f: services.ask_info(complaint=c, question=d["text"], by=u),
           ("ask_info",), desk_forms.ReasonForm,
           done=_("Asked. The clock rests until the answer.")),
    Action("reject", _("Reject"), "ban", "e", workflow.VERIFY,
           lambda c, u, d, f: services.reject(complaint=c, reason=d["text"], by=u),
           ("reject",), desk_forms.ReasonForm, done=_("Rejected. The reporter is told why.")),
    Action("transfer", _("Pass on"), "arrow-up-right", "o", workflow.VERIFY, _transfer,
           ("transfer",), desk_forms.TransferForm,
           done=_("Passed on. The other authority gets a letter with a link.")),
    Action("take-back", _("Take back"), "undo-2", "t", workflow.VERIFY,
           lambda c, u, d, f: services.take_back(complaint=c, note=d["text"], by=u),
           ("take_back",), desk_forms.NoteForm, done=_("Yours again. The link has ended.")),
)
# fmt: on
