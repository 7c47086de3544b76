"""Citizens' pages."""

from django.urls import path

from tests.dummy.specimen import views

urlpatterns = [
    path("", views.note_list, name="list"),
    path("<uuid:uuid>/", views.note_detail, name="detail"),
]
