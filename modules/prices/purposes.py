"""Why prices keep something of people (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="prices.survey",
        label=_("Who asked and told prices"),
        text=_("Which officer asked which trader for prices, and who checked them."),
        basis=Basis.PUBLIC,
        law="UU 7/2014",
        data=(
            _("The officer who asked, the officer who checked"),
            _("The trader's name and stall"),
        ),
        models=(
            "prices.Round",
            "prices.Quote",
            "prices.Publication",
            "prices.Market",
            "prices.Trader",
        ),
        retention=_("As long as the prices; without a name once the account is deleted"),
    ),
)
