"""Addresses without an account: one case behind a signed link."""

from django.urls import path

from modules.partners.views import link

urlpatterns = [
    path("case/<str:token>/", link.case, name="link"),
    path("case/<str:token>/photos/<uuid:file>/", link.photo, name="link-photo"),
]
