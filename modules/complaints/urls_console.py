"""Admins' addresses: kinds of problems; the settings form has its page in the console itself."""

from django.urls import path

from modules.complaints.views import console

urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.edit, name="new"),
    path("<slug:slug>/", console.edit, name="edit"),
]
