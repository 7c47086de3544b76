"""The delivery log's address."""

from django.urls import path

from balai.notify import views_console

app_name = "notify_console"
urlpatterns = [path("", views_console.index, name="index")]
