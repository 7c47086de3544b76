"""Forms of the console's home."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from provisioning.golive.services import check_pdf


class AskForm(forms.Form):
    """The request to go live."""

    note = forms.CharField(
        label=_("A word to the operators"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example from which day on, and whom to telephone."),
    )


class LegalForm(forms.Form):
    """The agreement or decree."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("pks", _("Agreement (PKS)")), ("sk", _("Decree (SK)"))]
    )
    number = forms.CharField(label=_("Number"), max_length=120)
    dated = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    document = forms.FileField(
        label=_("PDF"), widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("At most 10 MB. Only admins and operators can see it."),
    )  # fmt: skip

    def clean_dated(self) -> date:
        """Refuse a date in the future."""
        day: date = self.cleaned_data["dated"]
        if day > date.today():
            raise ValidationError(_("This date lies in the future."))
        return day

    def clean_document(self) -> Any:
        """Refuse what is not a PDF."""
        upload = self.cleaned_data["document"]
        check_pdf(upload)
        return upload
