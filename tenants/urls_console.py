"""The console's pages of this app, under /console/."""

from django.urls import path

from tenants.console import views, words_views

app_name = "tenants_console"

urlpatterns = [
    path("modules/", views.modules, name="modules"),
    path("modules/<slug:slug>/", views.edit, name="edit"),
    path("modules/<slug:slug>/switch/", views.switch, name="switch"),
    path("modules/<slug:slug>/settings/", views.settings, name="settings"),
    path("words/", words_views.words, name="words"),
]
