"""Editors' addresses; the kernel asks for ``news.access_desk``."""

from django.urls import path

from modules.news.views import desk, desk_edit, desk_moves, desk_parts, push, sources

urlpatterns = [
    path("", desk.index, name="index"),
    path("rows/", desk.rows, name="rows"),
    path("new/", desk_edit.new, name="new"),
    path("sources/", sources.index, name="sources"),
    path("sources/<uuid:source>/", sources.detail, name="source"),
    path("sources/<uuid:source>/readings/", sources.readings, name="readings"),
    path("sources/<uuid:source>/read/", sources.read_now, name="read_now"),
    path("sources/<uuid:source>/items/<slug:key>/", sources.hide, name="hide"),
    path("<uuid:article>/", desk.detail, name="detail"),
    path("<uuid:article>/edit/", desk_edit.edit, name="edit"),
    path("<uuid:article>/correct/", desk_edit.correct, name="correct"),
    path("<uuid:article>/preview/", desk.preview, name="preview"),
    path("<uuid:article>/move/<slug:name>/", desk_moves.move, name="move"),
    path("<uuid:article>/keep/<slug:what>/", desk_moves.keep, name="keep"),
    path("<uuid:article>/push/", push.push, name="push"),
    path("<uuid:article>/pictures/", desk_parts.pictures, name="pictures"),
    path("<uuid:article>/pictures/<uuid:picture>/", desk_parts.picture, name="picture"),
    path("<uuid:article>/pictures/<uuid:picture>/remove/", desk_parts.remove, name="remove"),
    path("<uuid:article>/versions/<int:number>/", desk_parts.revision, name="revision"),
]
