"""A person's own connected apps, mounted at /accounts/apps/."""

from django.urls import path

from balai.signon.views import mine

app_name = "signon"
urlpatterns = [
    path("", mine.index, name="mine"),
    path("<uuid:subject>/remove/", mine.remove, name="remove"),
]
