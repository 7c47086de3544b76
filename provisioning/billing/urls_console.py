"""Plan and invoices in a region's console."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.billing import views

app_name = "billing"

urlpatterns: Routes = [
    path("", views.index, name="index"),
    path("details/", views.details, name="details"),
    path("choose/<slug:plan>/", views.choose, name="choose"),
    path("stripe/", views.portal, name="portal"),
    path("invoices/<int:pk>/", views.document, name="document"),
]
