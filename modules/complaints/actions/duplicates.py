"""Join a report to the case it tells of, and part it again."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from modules.complaints import merge_forms, workflow
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint
from modules.complaints.services import merging


def _merge(report: Complaint, by: Any, data: dict[str, Any], form: Any) -> object:
    return merging.merge(complaint=report, into=data["into"], by=by)


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("merge", _("Join to a case"), "merge", "d", workflow.VERIFY, _merge, ("merge",),
           merge_forms.MergeForm, done=_("Joined. Its reporter and followers are told.")),
    Action("unmerge", _("Part it again"), "split", "d", workflow.VERIFY,
           lambda c, u, d, f: merging.unmerge(complaint=c, by=u), ("unmerge",),
           done=_("A case of its own again. Its clock runs.")),
)
# fmt: on
