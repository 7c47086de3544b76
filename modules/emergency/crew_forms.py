"""What a crew's phone sends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.ui.forms import PhotosField


class ServiceForm(forms.Form):
    """Why a unit is out of service."""

    reason = forms.CharField(
        label=_("Why is it out of service?"), max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why the unit is out of service.")},
    )  # fmt: skip


class NoteForm(forms.Form):
    """A note from the scene."""

    text = forms.CharField(
        label=_("Note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PhotoForm(forms.Form):
    """Photos of the scene."""

    photos = PhotosField(label=_("Photos of the scene"), max_count=3)


class PositionForm(forms.Form):
    """Where a phone is, and how sure that is in metres."""

    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)
    accuracy = forms.FloatField(min_value=0, max_value=100_000, required=False)

    def pin(self) -> tuple[float, float]:
        """Return (latitude, longitude) in degrees."""
        return self.cleaned_data["latitude"], self.cleaned_data["longitude"]

    def metres(self) -> int | None:
        """Return the accuracy, None when the phone did not say."""
        found = self.cleaned_data["accuracy"]
        return None if found is None else round(found)
