"""Imports in the console."""

from django.urls import path

from balai.importing import views

app_name = "importing_console"

urlpatterns = [
    path("", views.index, name="index"),
    path("new/<str:kind>/", views.new, name="new"),
    path("new/<str:kind>/example.<str:form>", views.example, name="example"),
    path("<uuid:reference>/", views.detail, name="detail"),
    path("<uuid:reference>/progress/", views.progress, name="progress"),
    path("<uuid:reference>/columns/", views.columns, name="columns"),
    path("<uuid:reference>/values/", views.values, name="values"),
    path("<uuid:reference>/start/", views.start, name="start"),
    path("<uuid:reference>/resume/", views.resume, name="resume"),
    path("<uuid:reference>/cancel/", views.cancel, name="cancel"),
    path("<uuid:reference>/mistakes.<str:form>", views.mistakes, name="mistakes"),
]
