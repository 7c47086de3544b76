"""Admins' addresses: institutions, papers, rules, people, programs."""

from django.urls import path

from modules.partners.views import console, delegates, papers

urlpatterns = [
    path("", console.index, name="index"),
    path("new/", console.edit, name="new"),
    path("<uuid:partner>/", console.partner, name="partner"),
    path("<uuid:partner>/edit/", console.edit, name="edit"),
    path("<uuid:partner>/people/", console.add_person, name="person-add"),
    path(
        "<uuid:partner>/people/<uuid:person>/remove/", console.remove_person, name="person-remove"
    ),
    path("<uuid:partner>/delegates/new/", delegates.grant, name="delegate-new"),
    path("delegates/<uuid:delegate>/withdraw/", delegates.withdraw, name="delegate-withdraw"),
    path("<uuid:partner>/client/", console.client, name="client"),
    path("<uuid:partner>/cooperations/new/", papers.new, name="cooperation-new"),
    path("cooperations/<uuid:cooperation>/", papers.detail, name="cooperation"),
    path("cooperations/<uuid:cooperation>/edit/", papers.edit, name="cooperation-edit"),
    path("cooperations/<uuid:cooperation>/end/", papers.end, name="cooperation-end"),
    path("cooperations/<uuid:cooperation>/paper/", papers.document, name="document"),
    path("cooperations/<uuid:cooperation>/rules/<slug:source>/", papers.new_rule, name="rule-new"),
    path("rules/<uuid:rule>/switch/", papers.switch_rule, name="rule-switch"),
]
