"""Citizens' addresses."""

from django.urls import path

from modules.catalogue.views import open_data, public

urlpatterns = [
    path("", public.index, name="index"),
    path("data/apps.csv", open_data.apps_csv, name="csv"),
    path("data/apps.json", open_data.apps_json, name="json"),
    path("apps/<slug:app>/", public.app, name="app"),
    path("apps/<slug:app>/open/", public.leave, name="open"),
]
