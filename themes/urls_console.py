"""The brand page of the console."""

from django.urls import path

from themes import console, preview

app_name = "themes_console"

urlpatterns = [
    path("", console.brand, name="brand"),
    path("preview.css", preview.sheet, name="preview"),
    path("check/", preview.check, name="check"),
]
