"""Paths that answer on every host."""

from django.urls import URLPattern, URLResolver, include, path

Routes = list[URLPattern | URLResolver]

handler400 = "balai.ui.errors.bad_request"
handler403 = "balai.ui.errors.forbidden"
handler404 = "balai.ui.errors.not_found"
handler500 = "balai.ui.errors.server_error"

urlpatterns: Routes = [
    path("", include("balai.ui.urls")),
    path("accounts/", include("balai.accounts.urls")),
    path("", include("balai.live.urls")),
    path("", include("themes.urls")),
]
