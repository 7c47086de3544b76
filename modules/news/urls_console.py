"""Admins' addresses: the other sites that are read; the settings form has its own page."""

from django.urls import path

from modules.news.views import sources_console

urlpatterns = [
    path("", sources_console.index, name="index"),
    path("sources/new/", sources_console.edit, name="new"),
    path("sources/<uuid:source>/", sources_console.edit, name="edit"),
    path("sources/<uuid:source>/switch/", sources_console.switch, name="switch"),
    path("sources/<uuid:source>/remove/", sources_console.remove, name="remove"),
]
