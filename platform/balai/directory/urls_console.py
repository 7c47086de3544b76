"""Agencies, areas and office-holders in the console."""

from django.urls import path

from balai.directory.views import agencies, areas, boundaries, office_holders, tables

app_name = "directory_console"

urlpatterns = [
    path("agencies/", agencies.index, name="agencies"),
    path("agencies/new/", agencies.create, name="agency_new"),
    path("agencies/table/", tables.import_table, name="agencies_import"),
    path("agencies/table/agencies.csv", tables.export_table, name="agencies_export"),
    path("agencies/holders/", office_holders.index, name="holders"),
    path("agencies/holders/new/", office_holders.create, name="holder_new"),
    path("agencies/holders/<int:pk>/", office_holders.edit, name="holder"),
    path("agencies/holders/<int:pk>/remove/", office_holders.remove, name="holder_remove"),
    path("agencies/<str:code>/", agencies.edit, name="agency"),
    path("agencies/<str:code>/close/", agencies.close, name="agency_close"),
    path("agencies/<str:code>/reopen/", agencies.reopen, name="agency_reopen"),
    path("areas/", areas.index, name="areas"),
    path("areas/upload/", boundaries.upload, name="boundary_upload"),
    path("areas/upload/<uuid:reference>/", boundaries.draft, name="boundary_draft"),
    path("areas/upload/<uuid:reference>/apply/", boundaries.apply, name="boundary_apply"),
    path("areas/upload/<uuid:reference>/discard/", boundaries.discard, name="boundary_discard"),
    path("areas/upload/<uuid:reference>/undo/", boundaries.undo, name="boundary_undo"),
    path("areas/<str:code>/", areas.detail, name="area"),
]
