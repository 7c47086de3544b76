"""Forms about job fairs and training classes: an officer's and those of who comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.jobs.choices import Education
from modules.jobs.fields import AreaField, offer_areas, phone_field, text_field
from modules.jobs.hiring_forms import MOMENT
from modules.jobs.models import Gathering
from modules.jobs.services.gathering import DETAILS, TOLD

DIPLOMAS = [("", _("Choose")), *Education.choices[1:]]
MOST_PLACES = 100_000


class GatheringForm(forms.Form):
    """What is said of a fair or a class; each asks for what only it has."""

    title = forms.CharField(label=_("Its name"), max_length=120)
    about = text_field(_("What is it about?"), rows=6, most=4000, required=False)
    organiser = forms.CharField(label=_("Organiser"), max_length=120, required=False)
    place = forms.CharField(label=_("Place"), max_length=255, help_text=_("Building and street."))
    district = AreaField(required=False)
    firms = text_field(
        _("Firms that come"), rows=5, most=3000, required=False, help_text=_("One a line.")
    )
    requirements = text_field(_("What must one bring along?"), most=1500, required=False)
    certificate = forms.CharField(
        label=_("Certificate"), max_length=120, required=False,
        help_text=_("Such as BNSP, welder 3G."),
    )  # fmt: skip
    register_from = forms.DateTimeField(
        label=_("Registration begins"),
        widget=MOMENT,
        required=False,
        help_text=_("Empty: at once."),
    )
    register_until = forms.DateTimeField(
        label=_("Registration ends"), widget=MOMENT, required=False,
        help_text=_("Empty: when a session begins."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, kind: str, gathering: Gathering | None = None) -> None:
        super().__init__(data, initial=_initial(gathering))
        offer_areas(self)
        for name in ("requirements", "certificate") if kind == Gathering.Kind.FAIR else ("firms",):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Registration ends after it begins."""
        data = super().clean() or {}
        first, last = data.get("register_from"), data.get("register_until")
        if first and last and last <= first:
            self.add_error("register_until", _("It ends before it begins."))
        return data


class SessionForm(forms.Form):
    """A time with so many places."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MOMENT)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or {}
        first, last = data.get("starts_at"), data.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", _("It ends before it begins."))
        return data


class CapacityForm(forms.Form):
    """How many places there are."""

    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)


class WalkInForm(forms.Form):
    """Who stands at the desk."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )


class RegisterForm(forms.Form):
    """Who comes to a fair."""

    name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )

    @property
    def answers(self) -> dict[str, Any]:
        """What is kept with the place beside the name."""
        return {name: value for name, value in self.cleaned_data.items() if name != "name"}


class TrainingForm(RegisterForm):
    """Who wants to learn something, and why."""

    phone = phone_field(label=_("Phone"))
    education = forms.TypedChoiceField(label=_("Last diploma"), choices=DIPLOMAS, coerce=int)
    reason = text_field(_("Why this class?"), most=600)


def register_form(gathering: Gathering, data: Any = None, user: Any = None) -> RegisterForm:
    """Return what is asked of who registers."""
    made = TrainingForm if gathering.kind == Gathering.Kind.TRAINING else RegisterForm
    initial = {"name": user.name, "phone": user.phone or ""} if user else {}
    return made(data, initial=initial)


def _initial(gathering: Gathering | None) -> dict[str, Any]:
    if gathering is None:
        return {}
    known = {name: getattr(gathering, name) for name in TOLD if name != "district"}
    told = {name: gathering.details.get(name, "") for name in DETAILS}
    return {**known, **told, "district": gathering.district_id}
