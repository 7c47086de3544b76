"""Editors' addresses; the kernel asks for ``news.access_desk``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
