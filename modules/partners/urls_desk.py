"""Addresses of the desk; the kernel asks for ``partners.access_desk``."""

from django.urls import path

from modules.partners.views import desk, log, sharing

urlpatterns = [
    path("", desk.index, name="index"),
    path("rows/", desk.rows, name="rows"),
    path("shares/<uuid:share>/", desk.share, name="share"),
    path("shares/<uuid:share>/photos/<uuid:file>/", desk.photo, name="photo"),
    path("links/<uuid:link>/revoke/", desk.revoke_link, name="link-revoke"),
    path("find/", sharing.find, name="find"),
    path("find/<slug:source>/<uuid:case>/", sharing.case, name="case"),
    path("log/", log.index, name="log"),
    path("log/export/", log.export, name="export"),
]
