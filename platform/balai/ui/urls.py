"""Pages that belong to the front end itself, on every host."""

from django.urls import path

from balai.ui import views

app_name = "ui"

urlpatterns = [
    path("language/", views.language, name="language"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("offline/", views.offline, name="offline"),
]
