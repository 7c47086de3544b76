"""The front end's own addresses, for tests that need no other part."""

from django.urls import include, path

urlpatterns = [
    path("", include("balai.home.urls")),
    path("", include("balai.ui.urls")),
    path("", include("themes.urls")),
]
