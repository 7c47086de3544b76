"""Officers and their roles in the console."""

from django.urls import URLPattern

app_name = "accounts_console"

urlpatterns: list[URLPattern] = []
