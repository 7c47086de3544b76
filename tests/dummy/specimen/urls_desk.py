"""Officers' pages."""

from django.urls import path

from tests.dummy.specimen import views

urlpatterns = [
    path("", views.note_list, name="list"),
    path("write/", views.note_write, name="write"),
]
