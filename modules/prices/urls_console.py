"""Admins' addresses: markets, traders, goods, ceilings; the settings form has its own page."""

from django.urls import path

from modules.prices.views import console, decrees

CEILING = "ceilings/<slug:variety>/<slug:zone>/<slug:starts>/"
urlpatterns = [
    path("", console.index, name="index"),
    path("markets/new/", console.market, name="market_new"),
    path("markets/<slug:market>/", console.market, name="market"),
    path("markets/<slug:market>/change/", console.market_change, name="market_change"),
    path("traders/", console.traders, name="traders"),
    path("traders/new/", console.trader, name="trader_new"),
    path("traders/<uuid:trader>/", console.trader, name="trader"),
    path("traders/<uuid:trader>/change/", console.trader_change, name="trader_change"),
    path("traders/<uuid:trader>/forget/", console.trader_forget, name="trader_forget"),
    path("goods/", console.goods, name="goods"),
    path("goods/new/", console.variety, name="variety_new"),
    path("goods/<slug:variety>/", console.variety, name="variety"),
    path("goods/<slug:variety>/change/", console.variety_change, name="variety_change"),
    path("groups/new/", console.group, name="group_new"),
    path("groups/<slug:group>/", console.group, name="group"),
    path("groups/<slug:group>/change/", console.group_change, name="group_change"),
    path("ceilings/", decrees.index, name="ceilings"),
    path("ceilings/new/", decrees.new, name="ceiling_new"),
    path(CEILING, decrees.edit, name="ceiling"),
    path(f"{CEILING}take-back/", decrees.take_back, name="ceiling_take_back"),
]
