"""How an incident ends, and how a wrong end is undone."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from modules.emergency import incident_forms
from modules.emergency.actions.action import Action
from modules.emergency.scene import Scene
from modules.emergency.services import ending, transferring
from modules.emergency.states import State


def _anybody(scene: Scene) -> bool:
    return True


def _close(scene: Scene, form: Any) -> str:
    data = form.cleaned_data
    ending.close(incident=scene.incident, outcome=data["outcome"], note=data["text"], by=scene.user)
    return _("Closed.")


def _cancel(scene: Scene, form: Any) -> str:
    ending.cancel(incident=scene.incident, note=form.cleaned_data["text"], by=scene.user)
    return _("Cancelled. “Open again” undoes it.")


def _merge(scene: Scene, form: Any) -> str:
    into = form.cleaned_data["into"]
    ending.merge(incident=scene.incident, into=into, by=scene.user)
    return _("Merged into %(number)s. Its calls and units are there now.") % {"number": into.number}


def _reopen(scene: Scene, form: Any) -> str:
    transferring.reopen(incident=scene.incident, note=form.cleaned_data["text"], by=scene.user)
    return _("It stands on the board again.")


def _can_reopen(scene: Scene) -> bool:
    """A hand-over is taken back while nobody has confirmed it, or when it was by telephone."""
    if scene.incident.state != State.TRANSFERRED:
        return True
    went = scene.went
    return went is not None and (not went.region or went.state == went.State.WAITING)


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("close", gettext_lazy("Close"), "lock", _close, _anybody, incident_forms.CloseForm,
           ("close",), key="c", primary=True),
    Action("close-unattended", gettext_lazy("Close without a unit"), "lock", _close, _anybody,
           incident_forms.CloseUnattendedForm, ("close_unattended",), danger=True,
           explains=gettext_lazy("Nobody was sent. It leaves the board for good.")),
    Action("merge", gettext_lazy("Merge"), "merge", _merge, _anybody, incident_forms.MergeForm,
           ("merge",), key="m"),
    Action("cancel", gettext_lazy("Cancel the incident"), "ban", _cancel, _anybody,
           incident_forms.ReasonForm, ("cancel",), danger=True,
           explains=gettext_lazy("Units on their way are called back. It leaves the board; the"
                                 " record stays, and it can be opened again.")),
    Action("reopen", gettext_lazy("Open again"), "rotate-ccw", _reopen, _can_reopen,
           incident_forms.ReasonForm, ("reopen", "reopen_closed"), primary=True,
           explains=gettext_lazy("It stands on the board again, as far as its units were. What was"
                                 " closed is closed anew with an outcome.")),
)
# fmt: on
