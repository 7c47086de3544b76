"""What is asked once for all rows of a budget's table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.budget.cells import YEARS


class OptionsForm(forms.Form):
    """Year and day of rows without them, whether the table is whole, whether it goes out."""

    year = forms.IntegerField(
        label=_("Year of rows without one"), required=False,
        min_value=YEARS.start, max_value=YEARS.stop - 1,
    )  # fmt: skip
    as_of = forms.DateField(
        label=_("Day of rows without one"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day up to which the realised money is counted."),
    )  # fmt: skip
    whole = forms.BooleanField(
        label=_("The table holds the whole budget of its year"), required=False, initial=True,
        help_text=_("Lines of the same year and day that it does not name are taken away, unless a "
                    "row of it is a mistake. Untick this for the table of a single agency."),
    )  # fmt: skip
    publish = forms.BooleanField(
        label=_("Publish it when all rows are in"), required=False, initial=True,
        help_text=_("For who may publish. Without this it waits at the desk."),
    )  # fmt: skip

    def clean_as_of(self) -> str:
        """Return the day as JSON can keep it."""
        found = self.cleaned_data["as_of"]
        return found.isoformat() if found else ""
