"""The public site at the apex."""

from balai.urls_common import Routes

app_name = "provisioning"

urlpatterns: Routes = []
