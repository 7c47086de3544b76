"""The API's addresses."""

from django.urls import path

from balai.api import views, views_token

urlpatterns = [
    path("openapi.json", views.openapi, name="api_openapi"),
    path("docs/", views.docs, name="api_docs"),
    path("oauth/token", views_token.token, name="api_token"),
    path("", views.api.urls),
]
