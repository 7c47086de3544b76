"""Addresses without an account: one case behind a signed link; the way in by the platform."""

from django.urls import path

from modules.partners.views import enter, link

urlpatterns = [
    path("enter/", enter.start, name="enter"),
    path("enter/back/", enter.back, name="entered"),
    path("case/<str:token>/", link.case, name="link"),
    path("case/<str:token>/photos/<uuid:file>/", link.photo, name="link-photo"),
]
