"""The admin's pages."""

from django.urls import path

from tests.dummy.specimen import views

urlpatterns = [path("", views.settings_page, name="settings")]
