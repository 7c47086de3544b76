"""What a message to phones says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.news.services.pushing import LETTERS


class PushForm(forms.Form):
    """At most 120 letters: what fits on a locked screen."""

    text = forms.CharField(
        label=_("What the message says"), max_length=LETTERS,
        widget=forms.Textarea({"rows": 3, "maxlength": LETTERS}),
        help_text=_("At most 120 letters. The title of the article stands above it."),
    )  # fmt: skip
