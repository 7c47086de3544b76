"""Connected apps in the console, mounted at /console/sign-on/."""

from django.urls import path

from balai.signon.views import console

app_name = "signon_console"
urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.new, name="new"),
    path("keys/", console.keys_page, name="keys"),
    path("keys/rotate/", console.rotate, name="rotate"),
    path("keys/replace/", console.replace, name="replace"),
    path("apps/<str:client>/", console.detail, name="app"),
    path("apps/<str:client>/edit/", console.edit, name="edit"),
    path("apps/<str:client>/secret/", console.secret, name="secret"),
    path("apps/<str:client>/stop/", console.stop, name="stop"),
    path("apps/<str:client>/resume/", console.resume, name="resume"),
]
