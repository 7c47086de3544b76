"""The public site at the apex: the landing page, opening a region, the operators' admin."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from balai.urls_common import (
    Routes,
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns as common,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: Routes = [
    *common,
    path("", include("provisioning.hub.urls")),
    path("operator/", admin.site.urls),
    path("operations/", include("provisioning.operators.urls")),
    *([path("demo/", include("balai.notify.urls_demo"))] if settings.DEMO else []),
    path("", include("provisioning.urls_public")),
]
