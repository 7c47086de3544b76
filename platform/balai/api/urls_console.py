"""Keys and webhooks in the console."""

from django.urls import path

from balai.api import views_keys, views_webhooks as hooks

app_name = "api_console"

urlpatterns = [
    path("", views_keys.index, name="index"),
    path("new/", views_keys.new, name="new"),
    path("keys/<str:prefix>/", views_keys.detail, name="key"),
    path("keys/<str:prefix>/revoke/", views_keys.revoke, name="revoke"),
    path("webhooks/", hooks.index, name="webhooks"),
    path("webhooks/new/", hooks.new, name="webhook-new"),
    path("webhooks/<uuid:reference>/", hooks.detail, name="webhook"),
    path("webhooks/<uuid:reference>/edit/", hooks.edit, name="webhook-edit"),
    path("webhooks/<uuid:reference>/test/", hooks.test, name="webhook-test"),
    path("webhooks/<uuid:reference>/rotate/", hooks.rotate, name="webhook-rotate"),
    path("webhooks/<uuid:reference>/pause/", hooks.pause, name="webhook-pause"),
    path("webhooks/<uuid:reference>/resume/", hooks.resume, name="webhook-resume"),
    path("webhooks/<uuid:reference>/delete/", hooks.delete, name="webhook-delete"),
    path("webhooks/deliveries/<uuid:reference>/", hooks.delivery, name="delivery"),
    path("webhooks/deliveries/<uuid:reference>/again/", hooks.redeliver, name="redeliver"),
]
