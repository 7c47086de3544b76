"""The form with which something is taken out of a report's texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.complaints.forms import text_field
from modules.complaints.models import Complaint
from modules.complaints.services.moderating import Redaction


class RedactForm(forms.Form):
    """The texts as they stand, to be shortened, and the reason the reporter is told."""

    about_report = True

    title = forms.CharField(label=_("Heading"), min_length=5, max_length=255)
    text = text_field(
        _("Text"), rows=6,
        help_text=_("Write … where you take something out. What stood there is not kept."),
    )  # fmt: skip
    landmark = forms.CharField(label=_("Landmark"), required=False, max_length=160)
    reason = text_field(
        _("Reason, for the reporter"), rows=2,
        help_text=_("Do not repeat what you took out."),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        told = ("title", "text", "landmark")
        kwargs["initial"] = {name: getattr(complaint, name) for name in told}
        super().__init__(*args, **kwargs)

    def redaction(self) -> Redaction:
        """Return the texts for the service; browsers send line ends as CR LF."""
        data = self.cleaned_data
        return Redaction(**{**data, "text": data["text"].replace("\r\n", "\n")})
