"""The specimen's forms."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """One note."""

    text = forms.CharField(label=_("Text"), max_length=200)


class SpecimenSettings(forms.Form):
    """What a region's admin may set."""

    greeting = forms.CharField(label=_("Greeting"), max_length=40, required=False)
