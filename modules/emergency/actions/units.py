"""Send units, make a crew's step for it, put a time right."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from modules.emergency import incident_forms, workflow
from modules.emergency.actions.action import Action
from modules.emergency.scene import Scene
from modules.emergency.services import dispatching


def dispatches(scene: Scene) -> bool:
    """Tell whether somebody may send units to it now."""
    return scene.incident.open and scene.user.has_perm(workflow.DISPATCH)


def _send(scene: Scene, form: Any) -> str:
    """Send who is free: one unit that somebody else just took does not keep the others here."""
    sent, gone = list[str](), list[str]()
    for unit in form.cleaned_data["units"]:
        try:
            dispatching.send(unit=unit, incident=scene.incident, by=scene.user)
            sent.append(unit.callsign)
        except dispatching.NotFree as refusal:
            gone.append(str(refusal))
    if not sent:
        raise workflow.NotAllowed(" ".join(gone))
    said = ngettext(
        "%(units)s is sent. “Call back” undoes it.",
        "%(units)s are sent. “Call back” undoes it.",
        len(sent),
    ) % {"units": ", ".join(sent)}  # fmt: skip
    return " ".join((said, *gone))


def _step(scene: Scene, form: Any) -> str | Promise | None:
    data = form.cleaned_data
    leg = dispatching.step(leg=data["leg"], name=data["step"], by=scene.user, at=data["at"])
    return f"{leg.unit.callsign}: {leg.get_state_display()}"


def _correct(scene: Scene, form: Any) -> str:
    data = form.cleaned_data
    dispatching.correct(stamp=data["row"], at=data["at"], reason=data["reason"], by=scene.user)
    return _("Noted. The first time stays in the record.")


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("send", gettext_lazy("Send units"), "send", _send, dispatches,
           incident_forms.SendForm, key="s"),
    Action("step", gettext_lazy("Note a unit's step"), "radio", _step, dispatches,
           incident_forms.StepForm, listed=False),
    Action("correct", gettext_lazy("Put a time right"), "clock-alert", _correct,
           lambda scene: scene.user.has_perm(workflow.DISPATCH),
           incident_forms.CorrectForm, listed=False),
)
# fmt: on
