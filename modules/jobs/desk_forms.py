"""Officers' forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.jobs.fields import text_field

ASKED = ("return", "suspend", "send_back", "take_down")


class WordsForm(forms.Form):
    """What the employer must mend, or why it was stopped."""

    text = text_field(_("What shall the employer read?"), help_text=_("It is sent to them."))


class ReturnCardForm(forms.Form):
    """What the applicant for a card must mend."""

    text = text_field(_("What shall they correct?"), help_text=_("It is sent to them."))


def form_for(name: str, data: Any = None) -> WordsForm | None:
    """Return the form of an officer's move, None where nothing is asked."""
    return WordsForm(data) if name in ASKED else None
