"""What is asked once for all rows of a price table."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, gettext_lazy as _

from modules.prices.selectors import goods


class OptionsForm(forms.Form):
    """Whose prices these are, what rows leave out, and whether they are published."""

    source = forms.CharField(
        label=_("Where the prices come from"), max_length=60, initial="Sistem lama",
        help_text=_("Officers see it beside each market's day. Keep it the same for every file."),
        validators=[RegexValidator(r"^[\w .,()/-]+\Z", _("Letters and digits only."))],
    )  # fmt: skip
    day = forms.DateField(
        label=_("Day of rows without a date"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    market = forms.ChoiceField(label=_("Market of rows without one"), required=False)
    publish = forms.BooleanField(
        label=_("Publish the days before today"), required=False, initial=True,
        help_text=_("A day that was published before gets a further revision. Without this they "
                    "wait at the desk as verified."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["market"]
        field.choices = [("", gettext("None: such rows are mistakes"))]
        field.choices += [(market.slug, market.name) for market in goods.markets()]

    def clean_source(self) -> str:
        """Return the name with single spaces."""
        return " ".join(self.cleaned_data["source"].split())

    def clean_day(self) -> str:
        """Return the day as JSON can keep it."""
        found = self.cleaned_data["day"]
        return found.isoformat() if found else ""
