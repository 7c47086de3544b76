"""Public pages of a region that belong to no module."""

from django.urls import path

from balai.home import views

app_name = "home"

urlpatterns = [
    path("", views.home, name="index"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("robots.txt", views.robots, name="robots"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
