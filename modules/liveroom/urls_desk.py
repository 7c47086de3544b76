"""The live room of those who are signed in; the kernel asks for ``liveroom.access_desk``."""

from django.urls import path

from modules.liveroom.views import agencies, instructions, past, screens, viewers, walls

urlpatterns = [
    path("", walls.officers_wall, name="wall"),
    path("burning/", walls.burning_now, name="burning"),
    path("tiles/", walls.officers_tiles, name="tiles"),
    path("widget/<str:key>/", walls.officers_widget, name="widget"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/csv/", agencies.download, name="agencies-csv"),
    path("agencies/of/<str:code>/", agencies.agency, name="agency"),
    path("cases/<str:module>/<uuid:reference>/", agencies.case, name="case"),
    path("instructions/", instructions.index, name="instructions"),
    path("instructions/rows/", instructions.rows, name="instruction-rows"),
    path("instructions/new/", instructions.new, name="instruct"),
    path("instructions/<uuid:reference>/", instructions.instruction, name="instruction"),
    path("past/", past.show, name="past"),
    path("viewers/", viewers.index, name="viewers"),
    path("screens/", screens.screens, name="screens"),
    path("screens/<uuid:screen>/revoke/", screens.revoke, name="revoke"),
]
