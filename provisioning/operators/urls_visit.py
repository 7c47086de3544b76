"""A visitor's way in and out of a region."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.operators.views import admitting

app_name = "support"

urlpatterns: Routes = [
    path("end/", admitting.leave, name="end"),
    path("<str:token>/", admitting.enter, name="enter"),
]
