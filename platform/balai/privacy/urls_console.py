"""Personal data in the console: requests, records of processing, breaches, holds."""

from django.urls import path

from balai.privacy.views import breaches, holds, queue, records

app_name = "privacy_console"

urlpatterns = [
    path("", queue.index, name="index"),
    path("requests/<uuid:request_id>/", queue.case, name="request"),
    path("records/", records.index, name="records"),
    path("records.csv", records.as_csv, name="records-csv"),
    path("records.pdf", records.as_pdf, name="records-pdf"),
    path("breaches/", breaches.index, name="breaches"),
    path("breaches/new/", breaches.new, name="breach-new"),
    path("breaches/<uuid:breach>/", breaches.detail, name="breach"),
    path("breaches/<uuid:breach>/edit/", breaches.edit, name="breach-edit"),
    path("breaches/<uuid:breach>/approve/", breaches.approve, name="breach-approve"),
    path("breaches/<uuid:breach>/authority/", breaches.authority, name="breach-authority"),
    path("breaches/<uuid:breach>/notices/", breaches.notices, name="breach-notices"),
    path("holds/", holds.index, name="holds"),
    path("holds/<uuid:hold>/lift/", holds.lift, name="hold-lift"),
]
