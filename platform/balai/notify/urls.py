"""Addresses of people who follow something, and of browsers that take web push."""

from django.urls import path

from balai.notify import views_follow, views_push

app_name = "notify"
urlpatterns = [
    path("confirm/<str:token>/", views_follow.confirm, name="confirm"),
    path("stop/<str:token>/", views_follow.stop, name="stop"),
    path("push/key/", views_push.key, name="push-key"),
    path("push/subscribe/", views_push.subscribe, name="push-subscribe"),
    path("push/unsubscribe/", views_push.unsubscribe, name="push-unsubscribe"),
]
