"""Who takes an incident on: a service that was telephoned, or another region's centre."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from balai import neighbours
from modules.emergency.incident_forms import MomentField, SceneForm
from modules.emergency.models import Transfer
from modules.emergency.services.transferring import INCIDENT, Handover

Receiver = Transfer.Receiver


class TransferForm(SceneForm):
    """By telephone: who took it. To a region on the platform: which one."""

    # What must be told depends on the receiver: a mark for all of them would be wrong.
    marks_optional = False

    receiver = forms.ChoiceField(
        label=gettext_lazy("Who takes it on"), choices=Receiver.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who takes it on.")},
    )  # fmt: skip
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Name of the service"), max_length=120, required=False,
        help_text=gettext_lazy("For “Somebody else”, such as Basarnas Jakarta."),
    )  # fmt: skip
    person = forms.CharField(
        label=gettext_lazy("Who answered there"), max_length=120, required=False,
        help_text=gettext_lazy("Name or post; not needed for a region on the platform."),
    )  # fmt: skip
    receipt = forms.CharField(label=gettext_lazy("Their number"), max_length=40, required=False)
    at = MomentField(
        label=gettext_lazy("They took it at"), help_text=gettext_lazy("Empty means now.")
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=255, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.regions = {face.schema: face for face in neighbours.reachable(INCIDENT)}
        region: Any = self.fields["region"]
        none = _("No region takes incidents over the platform yet")
        region.choices = [
            ("", _("Choose a region") if self.regions else none),
            *((face.schema, _label(face)) for face in self.regions.values()),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen receiver needs."""
        data: dict[str, Any] = super().clean() or {}
        receiver = data.get("receiver")
        if receiver == Receiver.REGION:
            if not data.get("region") and "region" not in self.errors:
                self.add_error("region", _("Choose the region."))
        elif receiver:
            if not data.get("person"):
                self.add_error("person", _("Write who answered there."))
            if receiver == Receiver.OTHER and not data.get("name"):
                self.add_error("name", _("Write who that is."))
        return data

    def handover(self) -> Handover:
        """Return what was chosen; only of a valid form."""
        data = self.cleaned_data
        far = data["receiver"] == Receiver.REGION
        named = self.regions[data["region"]].name if far else data["name"]
        return Handover(
            receiver=data["receiver"],
            name=named if far or data["receiver"] == Receiver.OTHER else "",
            region=data["region"] if far else "",
            person="" if far else data["person"],
            receipt="" if far else data["receipt"],
            note=data["note"],
            at=None if far else data["at"],
        )


def _label(face: neighbours.Neighbour) -> str:
    phone = face.facts.get("phone", "")
    return f"{face.name} ({phone})" if phone else face.name
