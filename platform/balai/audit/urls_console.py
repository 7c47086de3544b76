"""The audit log in the console."""

from django.urls import path

from balai.audit import views

app_name = "audit_console"

urlpatterns = [
    path("", views.index, name="index"),
    path("verify/", views.verify, name="verify"),
    path("export.csv", views.export, name="export"),
]
