"""Officers' addresses; the kernel asks for ``catalogue.access_desk``."""

from django.urls import path

from modules.catalogue.views import desk

urlpatterns = [
    path("", desk.index, name="index"),
    path("apps.csv", desk.export, name="export"),
    path("shrink/", desk.shrinking, name="shrink"),
    path("uptime/", desk.uptime, name="uptime"),
    path("apps/<slug:app>/", desk.detail, name="app"),
    path("apps/<slug:app>/<slug:move>/", desk.move, name="move"),
]
