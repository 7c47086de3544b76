"""Officers' addresses; the kernel asks for ``complaints.access_desk``."""

from django.urls import path

from modules.complaints.views import desk

urlpatterns = [
    path("", desk.index, name="index"),
    path("rows/", desk.rows, name="rows"),
    path("<uuid:report>/", desk.detail, name="detail"),
    path("<uuid:report>/print/", desk.paper, name="print"),
]
