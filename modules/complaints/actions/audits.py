"""The button of whoever looks at a closed report again."""

from django.utils.translation import gettext_lazy as _

from modules.complaints import workflow
from modules.complaints.actions.action import Action
from modules.complaints.audit_forms import AuditForm
from modules.complaints.selectors import audits
from modules.complaints.services import auditing

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("audit", _("Decide the audit"), "scale", "", workflow.VALIDATE,
           lambda c, u, d, f: auditing.decide(complaint=c, verdict=d["verdict"], note=d["text"],
                                              by=u),
           ("reopen_by_audit",), AuditForm, primary=True, done=_("Thank you. It is noted."),
           fits=audits.is_waiting),
)
# fmt: on
