"""The console's home and the way from sandbox to official service."""

from django.urls import include, path

from balai.urls_common import Routes
from provisioning.views import console

app_name = "provisioning_console"

urlpatterns: Routes = [
    path("", console.index, name="index"),
    path("plan/", include("provisioning.billing.urls_console")),
    path("golive/", console.ask, name="ask"),
    path("golive/legal/", console.legal, name="legal"),
    path("golive/legal/<int:pk>/", console.document, name="document"),
    path("golive/tried/<slug:key>/", console.attest, name="attest"),
    path("sample/load/", console.sample_load, name="sample-load"),
    path("sample/clear/", console.sample_clear, name="sample-clear"),
]
