"""Officers' addresses; the kernel asks for ``complaints.access_desk``."""

from django.urls import path

from modules.complaints.views import (
    audits,
    cover,
    desk,
    desk_bulk,
    desk_export,
    desk_map,
    desk_saved,
    duplicates,
    field,
    remedies,
)

urlpatterns = [
    path("", desk.index, name="index"),
    path("rows/", desk.rows, name="rows"),
    path("saved/", desk_saved.index, name="saved"),
    path("saved/<uuid:saved>/", desk_saved.change, name="saved-change"),
    path("bulk/", desk_bulk.choose, name="bulk"),
    path("bulk/banner/", desk_bulk.banner, name="bulk-banner"),
    path("bulk/<uuid:action>/", desk_bulk.result, name="bulk-result"),
    path("bulk/<uuid:action>/undo/", desk_bulk.undo, name="bulk-undo"),
    path("export/", desk_export.export, name="export"),
    path("map/", desk_map.index, name="map"),
    path("map/data/", desk_map.data, name="map-data"),
    path("audits/", audits.index, name="audits"),
    path("field/", field.index, name="field"),
    path("field/<uuid:report>/", field.detail, name="field-case"),
    path("field/<uuid:report>/nonces/", field.nonces, name="field-nonces"),
    path("field/<uuid:report>/way/", field.on_the_way, name="field-way"),
    path("field/<uuid:report>/evidence/", field.submit, name="field-evidence"),
    path("<uuid:report>/", desk.detail, name="detail"),
    path("<uuid:report>/duplicates/", duplicates.candidates, name="duplicates"),
    path("<uuid:report>/cover/<uuid:file>/", cover.page, name="cover"),
    path("<uuid:report>/print/", desk.paper, name="print"),
    path("<uuid:report>/dossier/", remedies.desk_dossier, name="dossier"),
]
