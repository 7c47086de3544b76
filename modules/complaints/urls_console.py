"""Admins' addresses: kinds of problems; the settings form has its page in the console itself."""

from django.urls import path

from modules.complaints.views import canned, console, rules, sp4n

urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.edit, name="new"),
    path("sp4n/", sp4n.index, name="sp4n"),
    path("sp4n/ask/", sp4n.ask, name="sp4n_ask"),
    path("sp4n/<uuid:outside>/retry/", sp4n.retry, name="sp4n_retry"),
    path("rules/", rules.index, name="rules"),
    path("rules/new/", rules.edit, name="rule_new"),
    path("rules/undo/", rules.undo, name="rules_undo"),
    path("rules/<uuid:rule>/", rules.edit, name="rule"),
    path("rules/<uuid:rule>/delete/", rules.delete, name="rule_delete"),
    path("rules/<uuid:rule>/move/", rules.move, name="rule_move"),
    path("answers/", canned.index, name="answers"),
    path("answers/new/", canned.edit, name="answer_new"),
    path("answers/<uuid:answer>/", canned.edit, name="answer"),
    path("answers/<uuid:answer>/delete/", canned.delete, name="answer_delete"),
    path("<slug:slug>/", console.edit, name="edit"),
]
