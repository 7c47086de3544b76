"""Admins' addresses."""

from django.urls import path

from modules.catalogue.views import console

urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.edit, name="new"),
    path("apps/<slug:app>/", console.edit, name="app"),
]
