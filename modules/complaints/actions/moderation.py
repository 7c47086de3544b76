"""Show a report whose text was held back, or take something out of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from modules.complaints import moderation_forms, workflow
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint
from modules.complaints.services import moderating


def _redact(report: Complaint, by: Any, data: dict[str, Any], form: Any) -> object:
    return moderating.redact(complaint=report, redaction=form.redaction(), by=by)


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("publish", _("Let everybody read it"), "eye", "", workflow.VERIFY,
           lambda c, u, d, f: moderating.publish(complaint=c, by=u),
           done=_("Everybody may read it now."), fits=moderating.waits),
    Action("redact", _("Take something out"), "eraser", "", workflow.VERIFY, _redact,
           form=moderation_forms.RedactForm, done=_("Changed. The reporter is told why."),
           fits=lambda c: c.erased_at is None),
)
# fmt: on
