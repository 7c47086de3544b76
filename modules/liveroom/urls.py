"""What a screen without anybody signed in opens; a cookie from its link is asked for."""

from django.urls import path

from modules.liveroom import views

urlpatterns = [
    path("join/<str:token>/", views.join, name="join"),
    path("wall/", views.screens_wall, name="wall"),
    path("wall/widget/<str:key>/", views.screens_widget, name="widget"),
]
