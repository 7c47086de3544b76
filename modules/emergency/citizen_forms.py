"""What somebody who needs help may add. Nothing here is compulsory, and nothing stops a press."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.emergency.crew_forms import PositionForm
from modules.emergency.pressing import Press
from modules.emergency.services.panic import LONGEST


class PressForm(forms.Form):
    """The page that asks first: for browsers without scripts, and for who cannot hold a button."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Your phone number"), required=False, max_length=20,
        help_text=_("So that the centre can call you back. It is not checked first."),
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        ),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What is happening, and where are you?"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class SayForm(forms.Form):
    """A further word to the centre."""

    text = forms.CharField(
        label=_("Tell the centre more"), max_length=LONGEST,
        help_text=_("What is happening, where you are, what you see. Goes into the record."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def pressed(data: Any, *, name: str = "", earlier: uuid.UUID | None, doubt: str) -> Press | None:
    """Return what a phone sent; None only without a key. Nonsense in the rest counts as nothing."""
    try:
        key = uuid.UUID(str(data.get("key", "")))
    except ValueError:
        return None
    place = PositionForm(data)
    found = place.is_valid()
    return Press(
        key=key, number=str(data.get("number", ""))[:20], name=name,
        text=str(data.get("text", ""))[:LONGEST], pin=place.pin() if found else None,
        accuracy=place.metres() if found else None, earlier=earlier, doubt=doubt,
    )  # fmt: skip
