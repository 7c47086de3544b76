"""Citizens' addresses."""

from django.urls import path

from modules.prices.views import baskets, public

urlpatterns = [
    path("", public.index, name="index"),
    path("markets/", public.compare, name="compare"),
    path("basket/", baskets.index, name="basket"),
    path("ceilings/", public.ceilings, name="ceilings"),
    path("goods/<slug:variety>/", public.variety, name="variety"),
]
