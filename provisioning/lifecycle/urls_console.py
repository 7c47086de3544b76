"""The console's page of the region's life."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.lifecycle import views

app_name = "life_console"

urlpatterns: Routes = [
    path("", views.index, name="index"),
    path("take-back/", views.take_back, name="take-back"),
]
