"""Admins' addresses: categories, outcomes, units; the settings form has its own page there."""

from django.urls import path

from modules.emergency.views import console, feeds_console

urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.edit, name="new"),
    path("outcomes/", console.outcomes, name="outcomes"),
    path("outcomes/new/", console.outcome, name="outcome_new"),
    path("outcomes/<slug:code>/", console.outcome, name="outcome"),
    path("outcomes/<slug:code>/change/", console.outcome_change, name="outcome_change"),
    path("units/", console.units, name="units"),
    path("units/new/", console.unit, name="unit_new"),
    path("units/<uuid:unit>/", console.unit, name="unit"),
    path("units/<uuid:unit>/change/", console.unit_change, name="unit_change"),
    path("feeds/", feeds_console.index, name="feeds"),
    path("feeds/<uuid:feed>/", feeds_console.act, name="feed"),
    path("<slug:slug>/", console.edit, name="edit"),
    path("<slug:slug>/change/", console.change, name="change"),
]
