"""Admins' addresses: kinds of problems; the settings form has its page in the console itself."""

from django.urls import path

from modules.complaints.views import console, rules

urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.edit, name="new"),
    path("rules/", rules.index, name="rules"),
    path("rules/new/", rules.edit, name="rule_new"),
    path("rules/undo/", rules.undo, name="rules_undo"),
    path("rules/<uuid:rule>/", rules.edit, name="rule"),
    path("rules/<uuid:rule>/delete/", rules.delete, name="rule_delete"),
    path("rules/<uuid:rule>/move/", rules.move, name="rule_move"),
    path("<slug:slug>/", console.edit, name="edit"),
]
