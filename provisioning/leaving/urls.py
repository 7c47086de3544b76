"""The console's page of leaving."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.leaving import views

app_name = "leaving_console"

urlpatterns: Routes = [path("", views.index, name="index")]
