"""CKAN's addresses, below /api/3/action/."""

from django.urls import path

from balai.opendata import ckan

app_name = "ckan"

urlpatterns = [
    path("package_list", ckan.package_list, name="package_list"),
    path("package_show", ckan.package_show, name="package_show"),
]
