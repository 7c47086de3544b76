"""The agency's buttons, and those of whoever checks its evidence."""

from django.utils.translation import gettext_lazy as _

from modules.complaints import desk_forms, services, workflow
from modules.complaints.actions.action import Action

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("accept", _("Take the case on"), "check", "t", workflow.HANDLE,
           lambda c, u, d, f: services.accept(complaint=c, by=u), ("accept",), primary=True,
           done=_("Yours. The working days begin.")),
    Action("refuse", _("Not ours"), "undo-2", "x", workflow.HANDLE,
           lambda c, u, d, f: services.refuse(complaint=c, reason=d["text"], by=u),
           ("refuse",), desk_forms.ReasonForm, done=_("Back with the coordinator.")),
    Action("resolve", _("Done, with photo"), "camera", "t", workflow.HANDLE,
           lambda c, u, d, f: services.resolve(complaint=c, text=d["text"], photos=d["photos"],
                                               by=u),
           ("resolve", "submit"), desk_forms.ResolveForm, primary=True, done=_("Handed in.")),
    Action("approve", _("Accept the evidence"), "badge-check", "t", workflow.VALIDATE,
           lambda c, u, d, f: services.approve(complaint=c, note=d["text"], by=u),
           ("approve",), desk_forms.NoteForm, primary=True, done=_("Done. The reporter is asked.")),
    Action("send-back", _("Not enough"), "undo-2", "x", workflow.VALIDATE,
           lambda c, u, d, f: services.send_back(complaint=c, reason=d["text"], by=u),
           ("send_back",), desk_forms.ReasonForm, done=_("Back with the agency.")),
)
# fmt: on
