"""Citizens' addresses."""

from django.urls import URLPattern, path

from modules.emergency.views import statistics

urlpatterns: list[URLPattern] = [
    path("statistics/", statistics.public, name="statistics"),
]
