"""What of the prices is open to everybody: all that was published, nothing of the traders."""

from django.utils.translation import gettext_lazy as _

from balai.opendata import Dataset, Distribution, publish
from modules.prices.selectors import opened

KEYWORDS = (_("prices"), _("food"), _("markets"))
DAILY = publish(
    Dataset(
        name="prices.daily",
        title=_("Staple prices, day by day"),
        description=_(
            "Average, lowest and highest price of each staple food on every published day."
            " The addresses take from and to, such as ?from=2026-01-01."
        ),
        theme="AGRI",
        frequency="DAILY",
        keywords=KEYWORDS,
        page="prices:index",
        modified=opened.last_change,
        distributions=(
            Distribution("CSV", "text/csv", "prices:csv"),
            Distribution("JSON", "application/json", "prices:json"),
        ),
    )
)
LONG = publish(
    Dataset(
        name="prices.markets",
        title=_("Staple prices in each market"),
        description=_(
            "A line for each market, food and day, with the columns of the World Food Programme's"
            " price tables. Prices that were not observed that day are left out."
        ),
        theme="AGRI",
        frequency="DAILY",
        keywords=KEYWORDS,
        page="prices:compare",
        modified=opened.last_change,
        distributions=(Distribution("CSV", "text/csv", "prices:long"),),
    )
)
FEEDS = publish(
    Dataset(
        name="prices.feeds",
        title=_("Staple prices for the national systems"),
        description=_(
            "The newest day with the codes of SP2KP (Ministry of Trade) and PIHPS (Bank Indonesia)."
        ),
        theme="AGRI",
        frequency="DAILY",
        keywords=KEYWORDS,
        page="prices:index",
        modified=opened.last_change,
        distributions=(
            Distribution("JSON", "application/json", "prices:sp2kp", "SP2KP"),
            Distribution("CSV", "text/csv", "prices:sp2kp-csv", "SP2KP"),
            Distribution("JSON", "application/json", "prices:pihps", "PIHPS"),
            Distribution("CSV", "text/csv", "prices:pihps-csv", "PIHPS"),
        ),
    )
)
