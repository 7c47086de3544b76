"""The console's home and the way from sandbox to official service."""

from balai.urls_common import Routes

app_name = "provisioning_console"

urlpatterns: Routes = []
