"""The form of an audit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.ui.fields import RichLabel
from modules.complaints.forms import text_field
from modules.complaints.models import Audit

VERDICTS = (
    (
        Audit.Verdict.SOUND,
        RichLabel(Audit.Verdict.SOUND.label, _("It was mended as told."), "circle-check"),
    ),
    (
        Audit.Verdict.DOUBTFUL,
        RichLabel(
            Audit.Verdict.DOUBTFUL.label, _("It cannot be told from this evidence."), "circle-alert"
        ),
    ),
    (
        Audit.Verdict.FALSE,
        RichLabel(Audit.Verdict.FALSE.label, _("The report is opened again at once."), "circle-x"),
    ),
)


class AuditForm(forms.Form):
    """What a second look found, in a word and a sentence."""

    verdict = forms.ChoiceField(label=_("What did you find?"), choices=VERDICTS,
                                widget=forms.RadioSelect)  # fmt: skip
    text = text_field(
        _("In a sentence"), required=False,
        help_text=_("The agency reads it; if it was not done, the reporter, too."),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Ask for a sentence where something was wrong."""
        data = super().clean() or {}
        if data.get("verdict") not in (None, Audit.Verdict.SOUND) and not data.get("text"):
            self.add_error("text", _("Write in a sentence what you found."))
        return data
