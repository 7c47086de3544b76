"""What an incident's buttons ask for."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from balai.ui import formats
from balai.ui.fields import RichLabel
from modules.emergency import workflow
from modules.emergency.models import Incident, Leg, Outcome, Unit
from modules.emergency.scene import Scene
from modules.emergency.selectors import case, timeline, units
from modules.emergency.states import ACTIVE_LEGS
from modules.emergency.workflow import Who

STEPS: Final = {
    "acknowledge": _("It has confirmed"),
    "depart": _("It is on the way"),
    "arrive": _("It is on scene"),
    "transport": _("It is transporting"),
    "clear": _("It is clear"),
    "recall": _("Call it back"),
}
"""A step as the centre says it."""
SLACK: Final = timedelta(minutes=2)
"""A clock on the wall may be ahead of ours by so much."""


class SceneForm(forms.Form):
    """A form about an incident; ``marks_optional`` tells whether labels say what may be empty."""

    marks_optional = True

    def __init__(self, *args: Any, scene: Scene, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scene = scene


class MomentField(forms.TimeField):
    """An hour and minute of today, or of yesterday if it still lies ahead; empty is None."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput({"type": "time"}, format="%H:%M")
        super().__init__(**{"widget": widget, "required": False, **options})

    def clean(self, value: Any) -> datetime | None:
        """Return the last moment that had this time."""
        found: time | None = super().clean(value)
        if found is None:
            return None
        now = timezone.localtime()
        moment = datetime.combine(now.date(), found, now.tzinfo)
        if moment > now + SLACK:
            moment -= timedelta(days=1)
        return min(moment, now)


class NoteForm(SceneForm):
    """A line for the record."""

    text = forms.CharField(
        label=_("Note"), max_length=1000, widget=forms.Textarea({"rows": 3, "autofocus": True}),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip


class ReasonForm(SceneForm):
    """Why; it stands in the record."""

    text = forms.CharField(
        label=_("Why"), max_length=255, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("One line. It stays in the record."),
        error_messages={"required": _("Say why.")},
    )  # fmt: skip


class CloseForm(SceneForm):
    """How it ended; without an outcome nothing is closed."""

    outcome = forms.ModelChoiceField(
        Outcome.objects.none(), label=_("How it ended"), empty_label=_("Choose how it ended"),
        error_messages={"required": _("Choose how it ended.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        outcome: Any = self.fields["outcome"]
        outcome.queryset = Outcome.objects.filter(active=True)


class CloseUnattendedForm(CloseForm):
    """The same without a unit: the reason is compulsory."""

    text = forms.CharField(
        label=_("Why nobody was sent"), max_length=500, widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Nobody was sent: say why it can be closed.")},
    )  # fmt: skip


class SendForm(SceneForm):
    """One unit or several, the best suggestion first. Nothing is chosen beforehand."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.filter(active=True), to_field_name="uuid", label=_("Units"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a unit.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fitting = units.suggest(self.scene.incident)
        rest = units.others(self.scene.incident)
        field: Any = self.fields["units"]
        # Of a sealed place whole kilometres: ten distances to the metre would tell where it is.
        places = 1 if self.scene.visible else 0
        field.choices = [
            (str(found.unit.uuid), _unit_label(found, places)) for found in (*fitting, *rest)
        ]
        self.nobody = not field.choices


class StepForm(SceneForm):
    """What a crew said on the radio, and when it was."""

    unit = forms.UUIDField(widget=forms.HiddenInput)
    step = forms.ChoiceField(
        label=_("What the crew says"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the crew says.")},
    )  # fmt: skip
    at = MomentField(label=_("It happened at"), help_text=_("Empty means now."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.leg = self._leg()
        offered = workflow.steps(self.leg.state, Who) if self.leg else []
        field: Any = self.fields["step"]
        field.choices = [(step.name, STEPS[step.name]) for step in offered]

    def clean(self) -> dict[str, Any]:
        """Add the leg that is meant."""
        data: dict[str, Any] = super().clean() or {}
        if self.leg is None:
            raise forms.ValidationError(str(workflow.MOVED_ON))
        data["leg"] = self.leg
        return data

    def _leg(self) -> Leg | None:
        reference = self.data.get("unit") or self.initial.get("unit", "")
        try:
            wanted = forms.UUIDField().clean(reference)
        except forms.ValidationError:
            return None
        with_it = Leg.objects.filter(
            incident=self.scene.incident, unit__uuid=wanted, state__in=ACTIVE_LEGS
        )
        return with_it.select_related("unit", "incident").first()


class CorrectForm(SceneForm):
    """The time that was true, and why the other one was written."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=_("It was at"),
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
        ),
        input_formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"],
    )
    reason = forms.CharField(
        label=_("Why the time was wrong"), max_length=255,
        error_messages={"required": _("Say why the time was wrong.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        number = str(self.data.get("row") or self.initial.get("row", ""))
        found = timeline.row(self.scene.incident, int(number)) if number.isdecimal() else None
        self.stamp = found
        if found is not None:
            self.initial.setdefault("at", timezone.localtime(found.at))

    def clean_row(self) -> Any:
        """Return the row itself."""
        if self.stamp is None or self.stamp.what not in timeline.TIMED:
            raise forms.ValidationError(str(workflow.MOVED_ON))
        return self.stamp


class MergeForm(SceneForm):
    """Which open incident it is the same as; asked once more before it is done."""

    into = forms.ModelChoiceField(
        Incident.objects.none(), to_field_name="uuid", label=_("It is the same as"),
        widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": _("Choose an incident."),
                        "invalid_choice": str(workflow.MOVED_ON)},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = case.candidates(
            self.scene.incident, self.scene.user, str(self.initial.get("number", ""))
        )
        field: Any = self.fields["into"]
        # Any open one may be sent: the list may have been searched anew since.
        field.queryset = case.mergeable(self.scene.incident, self.scene.user)
        field.choices = [
            (str(one.incident.uuid), RichLabel(one.incident.number, _candidate(one)))
            for one in found
        ]
        self.nobody = not found


def _unit_label(found: units.Suggestion, places: int) -> RichLabel:
    far = (
        gettext("%(km)s km") % {"km": formats.number(found.km, places)}
        if found.km is not None
        else ""
    )
    kind = found.unit.get_kind_display()
    return RichLabel(
        f"{found.unit.callsign} · {far}" if far else found.unit.callsign,
        f"{kind}, {found.unit.agency.short_name} · {found.reason}",
    )


def _candidate(found: case.Candidate) -> str:
    incident = found.incident
    parts = [incident.category.label]
    if incident.address:
        parts.append(incident.address)
    elif incident.area:
        parts.append(incident.area.name)
    if found.km is not None:
        parts.append(gettext("%(km)s km away") % {"km": formats.number(found.km, 1)})
    return ", ".join((*parts, formats.ago(incident.created_at)))
