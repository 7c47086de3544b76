"""The provider's addresses at the apex: the kernel's, with our own authorization endpoint.

Namespaces ``idp:oidc`` are those that allauth's own views look up.
"""

from django.urls import include, path

from balai.signon.urls import oidc
from balai.urls_common import Routes
from provisioning.hub.provider import PlatformAuthorize

AUTHORIZATION = "authorization"

ours: Routes = [
    path("identity/o/authorize", PlatformAuthorize.as_view(), name=AUTHORIZATION),
    *(route for route in oidc if route.name != AUTHORIZATION),
]
app_name = "idp"
urlpatterns: Routes = [path("", include((ours, "oidc")))]
