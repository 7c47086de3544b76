"""What a screen without anybody signed in opens; a cookie from its link is asked for."""

from django.urls import path

from modules.liveroom.views import walls

urlpatterns = [
    path("join/<str:token>/", walls.join, name="join"),
    path("wall/", walls.screens_wall, name="wall"),
    path("wall/tiles/", walls.screens_tiles, name="tiles"),
    path("wall/widget/<str:key>/", walls.screens_widget, name="widget"),
]
