"""An address at the root of the site, as a standard may fix it."""

from django.urls import path

from tests.dummy.specimen import views

urlpatterns = [path("notes.json", views.note_feed, name="feed")]
