"""Which vacancies are taken along, as what kind of file."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(days=5 * 366)


class ExportForm(forms.Form):
    """The days of publication and the kind of file."""

    first = forms.DateField(
        label=_("Published from"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(
        label=_("File"), choices=(("xlsx", "Excel (XLSX)"), ("csv", "CSV")), initial="xlsx",
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"first": today.replace(month=1, day=1), "last": today})

    def clean(self) -> dict[str, Any]:
        """Days in their order, five years at most."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            self.add_error("last", _("Choose a later day, five years away at most."))
        return data
