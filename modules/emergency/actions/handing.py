"""Hand an incident over, and answer for one that was handed over to us."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from modules.emergency import incident_forms, transfer_form, workflow
from modules.emergency.actions.action import Action
from modules.emergency.models import Transfer
from modules.emergency.scene import Scene
from modules.emergency.services import receiving, transferring


def _transfer(scene: Scene, form: Any) -> str:
    row = transferring.transfer(incident=scene.incident, handover=form.handover(), by=scene.user)
    if row.region and not transferring.deliver_now(transfer=row):
        return _unconfirmed(row)
    row.refresh_from_db()
    return _("Handed over to %(who)s. Their number: %(receipt)s") % {
        "who": row.who, "receipt": row.receipt or "–",
    }  # fmt: skip


def _deliver(scene: Scene, form: Any) -> str:
    row = scene.went
    if row is None:
        return str(workflow.MOVED_ON)
    if not transferring.deliver_now(transfer=row):
        return _unconfirmed(row)
    return _("It has arrived at %(who)s.") % {"who": row.who}


def _accept(scene: Scene, form: Any) -> str:
    receiving.accept(incident=scene.incident, by=scene.user)
    receiving.tell_origin_now(incident=scene.incident)
    return _("Accepted. The other centre sees it.")


def _give_back(scene: Scene, form: Any) -> str:
    row = receiving.give_back(
        incident=scene.incident, note=form.cleaned_data["text"], by=scene.user
    )
    receiving.tell_origin_now(incident=scene.incident)
    return _("Given back to %(who)s.") % {"who": row.who}


def _unconfirmed(row: Transfer) -> str:
    return _(
        "%(who)s has not confirmed it yet. Telephone them now; it is tried again by itself."
    ) % {"who": row.who}


def _waits_for_us(scene: Scene) -> bool:
    waits = scene.came is not None and scene.came.state == Transfer.State.DELIVERED
    return waits and scene.incident.open and scene.user.has_perm(workflow.DISPATCH)


def _undelivered(scene: Scene) -> bool:
    waits = scene.went is not None and scene.went.state == Transfer.State.WAITING
    return waits and bool(scene.went.region) and scene.user.has_perm(workflow.DISPATCH)  # type: ignore[union-attr]  # waits says so


def _came(scene: Scene) -> bool:
    answered = (Transfer.State.DELIVERED, Transfer.State.ACCEPTED)
    return scene.came is not None and scene.came.state in answered


# fmt: off
FIRST: tuple[Action, ...] = (
    Action("accept", gettext_lazy("Accept the hand-over"), "handshake", _accept, _waits_for_us,
           key="a", primary=True),
    Action("deliver", gettext_lazy("Try again now"), "refresh-cw", _deliver, _undelivered,
           primary=True),
)
ACTIONS: tuple[Action, ...] = (
    Action("transfer", gettext_lazy("Hand over"), "arrow-up-right", _transfer,
           lambda scene: True, transfer_form.TransferForm, ("transfer",), key="t"),
    Action("give-back", gettext_lazy("Give back"), "undo-2", _give_back, _came,
           incident_forms.ReasonForm, ("give_back",),
           explains=gettext_lazy("It leaves this board and stands on the other centre's again.")),
)
# fmt: on
