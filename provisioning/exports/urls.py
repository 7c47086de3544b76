"""The console's page of exports."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.exports import views

app_name = "exports_console"

urlpatterns: Routes = [
    path("", views.index, name="index"),
    path("part/", views.part, name="part"),
    path("ask/", views.ask, name="ask"),
    path("<uuid:uuid>/allow/", views.allow, name="allow"),
    path("<uuid:uuid>/refuse/", views.refuse, name="refuse"),
    path("<uuid:uuid>/passphrase/", views.passphrase, name="passphrase"),
    path("<uuid:uuid>/accept/", views.accept, name="accept"),
    path("file/<str:token>/", views.file, name="file"),
]
