"""The wall of those who are signed in; the kernel asks for ``liveroom.access_desk``."""

from django.urls import path

from modules.liveroom import views

urlpatterns = [
    path("", views.officers_wall, name="wall"),
    path("widget/<str:key>/", views.officers_widget, name="widget"),
    path("screens/", views.screens, name="screens"),
    path("screens/<uuid:screen>/revoke/", views.revoke, name="revoke"),
]
