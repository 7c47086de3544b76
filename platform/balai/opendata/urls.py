"""Open data of a region."""

from django.urls import path

from balai.opendata import views

app_name = "opendata"

urlpatterns = [
    path("", views.index, name="index"),
    path("catalog.jsonld", views.catalogue, {"form": "jsonld"}, name="jsonld"),
    path("catalog.ttl", views.catalogue, {"form": "ttl"}, name="turtle"),
    path("<slug:slug>/", views.dataset, name="dataset"),
]
