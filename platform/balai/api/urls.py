"""The API's addresses."""

from django.urls import path

from balai.api import views

urlpatterns = [
    path("openapi.json", views.openapi, name="api_openapi"),
    path("docs/", views.docs, name="api_docs"),
    path("", views.api.urls),
]
