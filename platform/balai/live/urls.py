"""Where a page fetches the ticket for its stream. The stream itself is the hub's: /live/."""

from django.urls import path

from balai.live import views

app_name = "live"
urlpatterns = [path("live-token/", views.live_token, name="token")]
