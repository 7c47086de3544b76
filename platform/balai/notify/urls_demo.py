"""The demo's letter box. Nothing here exists outside the demo."""

from django.urls import path

from balai.notify import views_demo

app_name = "demo"
urlpatterns = [path("inbox/", views_demo.inbox, name="inbox")]
