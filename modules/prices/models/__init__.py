"""The tables of staple prices: what is asked where, what was answered, what was published."""

from modules.prices.models.market import Market, Trader
from modules.prices.models.publication import DayPrice, Publication, Watch
from modules.prices.models.round import Quote, Round
from modules.prices.models.variety import Ceiling, Group, Variety

__all__ = [
    "Ceiling",
    "DayPrice",
    "Group",
    "Market",
    "Publication",
    "Quote",
    "Round",
    "Trader",
    "Variety",
    "Watch",
]
