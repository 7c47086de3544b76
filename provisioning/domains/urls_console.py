"""The console's page of own domains."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.domains import views

app_name = "domains_console"

urlpatterns: Routes = [
    path("", views.index, name="index"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("main/<int:pk>/", views.prefer, name="prefer"),
]
