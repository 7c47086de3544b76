"""Officers' addresses; the kernel asks for ``jobs.access_desk``."""

from django.urls import path

from modules.jobs.views import desk

urlpatterns = [
    path("", desk.index, name="index"),
    path("employers/<uuid:employer>/", desk.employer, name="employer"),
    path("vacancies/", desk.vacancy_list, name="vacancies"),
    path("vacancies/publish/", desk.publish_many, name="publish-many"),
    path("vacancies/<uuid:vacancy>/", desk.vacancy, name="vacancy"),
]
