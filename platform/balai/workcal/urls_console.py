"""The calendar in the console."""

from django.urls import path

from balai.workcal import views

app_name = "workcal_console"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("hours/", views.hours, name="hours"),
    path("national/", views.import_national, name="import"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
