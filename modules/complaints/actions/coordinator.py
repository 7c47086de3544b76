"""The coordinator's buttons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from modules.complaints import desk_forms, services, workflow
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint


def _verify(report: Complaint, by: Any, data: dict[str, Any], form: Any) -> object:
    return services.verify_and_route(complaint=report, ruling=form.ruling(), by=by)


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("verify", _("Verify and route"), "send", "t", workflow.VERIFY, _verify, ("verify",),
           desk_forms.VerifyForm, primary=True, done=_("Assigned. Agency and reporter are told.")),
    Action("ask", _("Ask the reporter"), "message-circle-question-mark", "i",
           workflow.VERIFY,
           lambda c, u, d, f: services.ask_info(complaint=c, question=d["text"], by=u),
           ("ask_info",), desk_forms.ReasonForm,
           done=_("Asked. The clock rests until the answer.")),
    Action("reject", _("Reject"), "ban", "x", workflow.VERIFY,
           lambda c, u, d, f: services.reject(complaint=c, reason=d["text"], by=u),
           ("reject",), desk_forms.ReasonForm, done=_("Rejected. The reporter is told why.")),
)
# fmt: on
