"""What a brand is served as: a style sheet, icons, a manifest, its logo and photo."""

from django.urls import path, re_path

from themes import views

app_name = "themes"

urlpatterns = [
    path("theme.css", views.theme, name="css"),
    path("palettes.css", views.stock, name="stock"),
    path("favicon.ico", views.icon, {"purpose": "any", "size": "48"}, name="favicon"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    re_path(
        r"^icons/(?P<purpose>any|maskable)-(?P<size>48|96|180|192|512)\.png$",
        views.icon,
        name="icon",
    ),
    re_path(r"^brand/(?P<digest>[0-9a-f]{32})$", views.file, name="file"),
]
