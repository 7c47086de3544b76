"""What an officer can do with a case now: buttons with a key each, in the order of telling."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.complaints import desk_forms, rights, services, workflow
from modules.complaints.models import Complaint
from modules.complaints.workflow import Who

Run = Callable[[Complaint, Any, dict[str, Any], forms.Form | None], object]


@dataclass(frozen=True, slots=True)
class Action:
    """A button. ``form`` is asked first where there is one; ``moves`` are its workflow moves."""

    name: str
    label: str | Promise
    icon: str
    key: str
    permission: str
    run: Run
    moves: tuple[str, ...] = ()
    form: type[forms.Form] | None = None
    primary: bool = False
    done: str | Promise = ""

    @property
    def asks(self) -> bool:
        """Tell whether a form comes first; templates would call the form class itself."""
        return self.form is not None


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
    Action("write", _("Write"), "message-circle", "b", rights.DESK,
           lambda c, u, d, f: services.message(complaint=c, text=d["text"],
                                               internal=d["internal"], by=u),
           form=desk_forms.MessageForm, done=_("Written.")),
    Action("photos", _("Let everybody see the photos"), "eye", "p", workflow.VERIFY,
           lambda c, u, d, f: services.approve_photos(complaint=c, by=u),
           done=_("The photos may be seen by everybody.")),
    Action("secret", _("Make it secret"), "lock", "", workflow.VERIFY,
           lambda c, u, d, f: services.make_secret(complaint=c, by=u),
           done=_("Secret. It is gone from public pages for good.")),
)
# fmt: on


def offered(complaint: Complaint, user: Any, *, waiting_photos: bool) -> list[Action]:
    """Return the actions that state and rights allow now."""
    possible = {move.name for move in workflow.possible(complaint, Who.STAFF)}
    return [
        action
        for action in ACTIONS
        if (not action.moves or possible.intersection(action.moves))
        and (action.name != "photos" or (waiting_photos and not complaint.secret))
        and (action.name != "secret" or not complaint.secret)
        and rights.has(user, action.permission, complaint)
    ]


def form_for(action: Action, complaint: Complaint, *data: Any) -> forms.Form | None:
    """Return the action's form, empty or with what was sent; None when it asks nothing."""
    if action.form is None:
        return None
    if action.form is desk_forms.VerifyForm:
        return desk_forms.VerifyForm(*data, complaint=complaint)
    return action.form(*data)
