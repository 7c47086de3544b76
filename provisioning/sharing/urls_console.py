"""Shared figures in the console."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.sharing import views

app_name = "sharing_console"

urlpatterns: Routes = [
    path("", views.index, name="index"),
    path("<str:key>/", views.switch, name="switch"),
]
