"""Visits in the region's console."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.operators.views import admitting

app_name = "support_console"

urlpatterns: Routes = [
    path("", admitting.index, name="index"),
    path("<uuid:reference>/", admitting.decide, name="decide"),
    path("<uuid:reference>/end/", admitting.stop, name="stop"),
]
