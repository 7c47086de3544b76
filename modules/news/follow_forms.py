"""What somebody wants to be told of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.news.selectors import places


class FollowForm(forms.Form):
    """A place, and an address for who chooses e-mail."""

    area = forms.ChoiceField(label=_("Which part of the city"), required=False)
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *args: Any, by_email: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.choices = [("", _("The whole city")), *places.choices()]
        self.fields["email"].required = by_email
