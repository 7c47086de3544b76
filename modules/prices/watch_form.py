"""Which price somebody waits for, and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from balai.importing import Invalid
from balai.ui import formats
from modules.prices.legacy import cells
from modules.prices.models import Market, Variety
from modules.prices.selectors import goods


class WatchForm(forms.Form):
    """``below`` as people type it: "13.500" or "13500"."""

    below = forms.CharField(
        label=_("Tell me at this price or less"), max_length=16,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    market = forms.ChoiceField(label=_("Where"), required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *args: Any, variety: Variety, **options: Any) -> None:
        super().__init__(*args, **options)
        self.variety = variety
        self.markets = {market.slug: market for market in goods.markets()}
        field: Any = self.fields["market"]
        field.choices = [("", gettext("Average of all markets"))]
        field.choices += [(slug, market.name) for slug, market in self.markets.items()]
        self.fields["below"].help_text = gettext("Rupiah per %(unit)s") % {
            "unit": variety.get_unit_display()
        }

    def clean_below(self) -> int:
        """Return whole rupiah."""
        try:
            price = cells.rupiah(self.cleaned_data["below"])
        except Invalid as wrong:
            raise forms.ValidationError(gettext(wrong.message) % wrong.details) from wrong
        if not price:
            raise forms.ValidationError(gettext("Write a price."))
        return price

    @property
    def place(self) -> Market | None:
        """The chosen market; None is the city's average."""
        return self.markets.get(self.cleaned_data.get("market", ""))

    def chosen(self) -> str:
        """Return the wish in one line; "" as long as it is not complete."""
        if not self.is_bound or self["below"].errors or self["market"].errors:
            return ""
        return described(self.variety, self.place, self.cleaned_data["below"])


def described(variety: Variety, market: Market | None, below: int) -> str:
    """Return a watch in one line."""
    return gettext("%(name)s at %(price)s per %(unit)s or less, %(place)s") % {
        "name": variety.label, "price": formats.rupiah(below),
        "unit": variety.get_unit_display(),
        "place": market.name if market else gettext("average of all markets"),
    }  # fmt: skip
