"""Officers' forms beside the sheet itself."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Why a market's prices go back to the enumerator."""

    answer = forms.CharField(
        label=_("What is to be asked again?"), max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a day is published again. Everybody reads it."""

    reason = forms.CharField(
        label=_("Why is it published again?"), max_length=255,
        help_text=_("Shown beside the prices: \"Pasar Poris came late.\""),
    )  # fmt: skip
