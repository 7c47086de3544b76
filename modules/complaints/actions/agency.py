"""The agency's buttons, and those of whoever checks its evidence."""

from django.utils.translation import gettext_lazy as _

from modules.complaints import day_forms, desk_forms, services, workflow
from modules.complaints.actions.action import Action
from modules.complaints.services.holding import open_request

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("accept", _("Take the case on"), "check", "t", workflow.HANDLE,
           lambda c, u, d, f: services.accept(complaint=c, by=u), ("accept",), primary=True,
           done=_("Yours. The working days begin.")),
    Action("refuse", _("Not ours"), "undo-2", "e", workflow.HANDLE,
           lambda c, u, d, f: services.refuse(complaint=c, reason=d["text"], by=u),
           ("refuse",), desk_forms.ReasonForm, done=_("Back with the coordinator.")),
    Action("resolve", _("Done, with photo"), "camera", "t", workflow.HANDLE,
           lambda c, u, d, f: services.resolve(complaint=c, text=d["text"], photos=d["photos"],
                                               by=u),
           ("resolve", "submit"), desk_forms.ResolveForm, primary=True, done=_("Handed in.")),
    Action("plan", _("Plan the day"), "calendar", "l", workflow.HANDLE,
           lambda c, u, d, f: services.plan(complaint=c, day=d["day"], note=d["note"], by=u),
           ("plan",), day_forms.PlanForm, done=_("Planned. Everybody sees the day.")),
    Action("hold", _("Let it rest"), "circle-pause", "r", workflow.SUPERVISE,
           lambda c, u, d, f: services.hold(complaint=c, reason=d["text"], until=d["until"], by=u),
           ("hold",), day_forms.HoldForm, done=_("It rests. The clock stands still."),
           fits=lambda c: open_request(c) is None),
    Action("ask-hold", _("Ask to let it rest"), "circle-pause", "r", workflow.HANDLE,
           lambda c, u, d, f: services.ask_hold(complaint=c, reason=d["text"], until=d["until"],
                                                by=u),
           ("hold",), day_forms.HoldForm, done=_("Asked. A supervisor must consent."),
           fits=lambda c: open_request(c) is None, unless=workflow.SUPERVISE),
    Action("grant-hold", _("Consent to the rest"), "circle-pause", "y", workflow.SUPERVISE,
           lambda c, u, d, f: services.grant_hold(complaint=c, by=u), ("hold",),
           done=_("It rests. The clock stands still."),
           fits=lambda c: open_request(c) is not None),
    Action("deny-hold", _("Not now"), "circle-x", "", workflow.SUPERVISE,
           lambda c, u, d, f: services.deny_hold(complaint=c, reason=d["text"], by=u),
           ("hold",), desk_forms.ReasonForm, done=_("Refused. The work goes on."),
           fits=lambda c: open_request(c) is not None),
    Action("resume", _("Go on"), "play", "t", workflow.HANDLE,
           lambda c, u, d, f: services.resume(complaint=c, note=d["text"], by=u),
           ("resume",), desk_forms.NoteForm, primary=True, done=_("The clock runs again.")),
    Action("approve", _("Accept the evidence"), "badge-check", "t", workflow.VALIDATE,
           lambda c, u, d, f: services.approve(complaint=c, note=d["text"], by=u),
           ("approve",), desk_forms.NoteForm, primary=True, done=_("Done. The reporter is asked.")),
    Action("send-back", _("Not enough"), "undo-2", "e", workflow.VALIDATE,
           lambda c, u, d, f: services.send_back(complaint=c, reason=d["text"], by=u),
           ("send_back",), desk_forms.ReasonForm, done=_("Back with the agency.")),
)
# fmt: on
