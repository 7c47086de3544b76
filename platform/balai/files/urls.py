"""Address of a stored file."""

from django.urls import path

from balai.files import views

app_name = "files"
urlpatterns = [path("<uuid:uuid>/<slug:variant>", views.media, name="media")]
