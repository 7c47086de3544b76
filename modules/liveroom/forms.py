"""The form that connects a screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("One year")))


class ScreenForm(forms.Form):
    """Where the screen hangs, and for how long its link works."""

    name = forms.CharField(
        label=_("Where does it hang?"), max_length=80,
        widget=forms.TextInput({"placeholder": _("Mayor's meeting room")}),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("The link works for"), choices=DAYS, coerce=int, initial=90
    )
