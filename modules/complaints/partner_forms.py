"""What another authority says when it takes a report on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.complaints.forms import text_field


class AcknowledgeForm(forms.Form):
    """The report's number there, and a word to the citizen."""

    reference = forms.CharField(
        label=_("Your own number for it"), max_length=60, required=False,
        help_text=_("The reporter can ask you with it."),
    )  # fmt: skip
    note = text_field(_("Note for everybody"), required=False, rows=3)


class AppealForm(forms.Form):
    """Why the rejection was wrong."""

    text = text_field(_("Why should we look at it again?"), least=10, rows=3)
