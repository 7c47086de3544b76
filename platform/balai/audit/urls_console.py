"""The audit log in the console."""

from django.urls import URLPattern

app_name = "audit_console"

urlpatterns: list[URLPattern] = []
