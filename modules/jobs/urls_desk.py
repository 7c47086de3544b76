"""Officers' addresses; the kernel asks for ``jobs.access_desk``."""

from django.urls import path

from modules.jobs.views import desk, desk_cards, desk_export, desk_gatherings, desk_seats, figures

urlpatterns = [
    path("", desk.index, name="index"),
    path("employers/<uuid:employer>/", desk.employer, name="employer"),
    path("rows/", desk.employer_rows, name="employer-rows"),
    path("vacancies/tabs/", desk.vacancy_tabs, name="vacancy-tabs"),
    path("vacancies/", desk.vacancy_list, name="vacancies"),
    path("vacancies/publish/", desk.publish_many, name="publish-many"),
    path("vacancies/<uuid:vacancy>/", desk.vacancy, name="vacancy"),
    path("vacancies/export/", desk_export.export, name="export"),
    path("figures/", figures.desk, name="figures"),
    path("fairs/", desk_gatherings.index, name="gatherings"),
    path("fairs/new/", desk_gatherings.new, {"kind": "fair"}, name="fair-new"),
    path("fairs/classes/new/", desk_gatherings.new, {"kind": "training"}, name="class-new"),
    path("fairs/<uuid:gathering>/", desk_gatherings.detail, name="gathering"),
    path("fairs/<uuid:gathering>/edit/", desk_gatherings.edit, name="gathering-edit"),
    path("fairs/<uuid:gathering>/publish/", desk_gatherings.publish, name="gathering-publish"),
    path("fairs/<uuid:gathering>/call-off/", desk_gatherings.call_off, name="gathering-call-off"),
    path("fairs/sessions/<uuid:session>/", desk_seats.session, name="session"),
    path("fairs/sessions/<uuid:session>/numbers/", desk_seats.numbers, name="session-numbers"),
    path("fairs/sessions/<uuid:session>/size/", desk_seats.resize, name="session-size"),
    path("fairs/sessions/<uuid:session>/drop/", desk_seats.drop, name="session-drop"),
    path("fairs/numbers/<uuid:seat>/", desk_seats.seat, name="seat"),
    path("cards/", desk_cards.index, name="cards"),
    path("cards/issue/", desk_cards.issue_many, name="cards-issue"),
    path("cards/<uuid:card>/", desk_cards.card, name="card"),
    path("cards/<uuid:card>/nik/", desk_cards.reveal, name="card-nik"),
    path("cards/<uuid:card>/pdf/", desk_cards.pdf, name="card-pdf"),
]
