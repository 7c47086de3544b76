"""Pages that belong to the front end itself, on every host."""

from django.conf import settings
from django.urls import path

from balai.ui import banners, boundaries, styleguide, views

app_name = "ui"

urlpatterns = [
    path("language/", views.language, name="language"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("offline/", views.offline, name="offline"),
    path("banners/", banners.fragment, name="banners"),
    path("banners/hide/", banners.hide, name="hide-banner"),
    path("boundaries.geojson", boundaries.geojson, name="boundaries"),
]

if settings.DEBUG or getattr(settings, "TESTING", False):
    urlpatterns.append(path("styleguide/", styleguide.guide, name="styleguide"))
