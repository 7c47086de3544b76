"""Citizens' addresses."""

from django.urls import path

from modules.prices.views import baskets, cards, open_data, public, watches

urlpatterns = [
    path("", public.index, name="index"),
    path("markets/", public.compare, name="compare"),
    path("basket/", baskets.index, name="basket"),
    path("ceilings/", public.ceilings, name="ceilings"),
    path("goods/<slug:variety>/", public.variety, name="variety"),
    path("goods/<slug:variety>/watch/", watches.watch, name="watch"),
    path("watch/stop/", watches.unwatch, name="unwatch"),
    path("card.png", cards.newest, name="card"),
    path("data/prices.csv", open_data.daily_csv, name="csv"),
    path("data/prices.json", open_data.daily_json, name="json"),
    path("data/market-prices.csv", open_data.long_csv, name="long"),
    path("data/sp2kp.json", open_data.feed_json, {"system": "sp2kp"}, name="sp2kp"),
    path("data/sp2kp.csv", open_data.feed_csv, {"system": "sp2kp"}, name="sp2kp-csv"),
    path("data/pihps.json", open_data.feed_json, {"system": "pihps"}, name="pihps"),
    path("data/pihps.csv", open_data.feed_csv, {"system": "pihps"}, name="pihps-csv"),
]
