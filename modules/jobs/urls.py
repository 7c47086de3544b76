"""Citizens' and employers' addresses."""

from django.urls import path

from modules.jobs.views import applicants, applying, employers, listing, profile, vacancies

urlpatterns = [
    path("", listing.index, name="index"),
    path("sitemap.xml", listing.sitemap, name="sitemap"),
    path("profile/", profile.edit, name="profile"),
    path("profile/cv/", profile.upload, name="cv-upload"),
    path("profile/cv/delete/", profile.drop, name="cv-delete"),
    path("cv/<uuid:key>/", profile.cv, name="cv"),
    path("applications/", applying.mine, name="applications"),
    path("applications/<uuid:application>/", applying.detail, name="application"),
    path("applications/<uuid:application>/withdraw/", applying.withdraw, name="withdraw"),
    path("applications/<uuid:application>/time/", applying.choose, name="choose"),
    path("applications/<uuid:application>/accept/", applying.accept, name="accept"),
    path("employers/", employers.start, name="employers"),
    path("employers/new/", employers.register, name="register"),
    path("employers/join/<str:token>/", employers.join, name="join"),
    path("employers/<uuid:employer>/", employers.detail, name="employer"),
    path("employers/<uuid:employer>/edit/", employers.edit, name="employer-edit"),
    path("employers/<uuid:employer>/people/", employers.people, name="people"),
    path(
        "employers/<uuid:employer>/people/<uuid:person>/remove/",
        employers.remove,
        name="person-remove",
    ),
    path("employers/<uuid:employer>/new/", vacancies.new, name="vacancy-new"),
    path("vacancies/<uuid:vacancy>/", vacancies.detail, name="vacancy"),
    path("vacancies/<uuid:vacancy>/edit/", vacancies.edit, name="vacancy-edit"),
    path("vacancies/<uuid:vacancy>/extend/", vacancies.extend, name="vacancy-extend"),
    path("vacancies/<uuid:vacancy>/outcome/", vacancies.outcome, name="outcome"),
    path("vacancies/<uuid:vacancy>/do/<slug:what>/", vacancies.act, name="vacancy-act"),
    path("applicants/<uuid:application>/", applicants.detail, name="applicant"),
    path("<uuid:vacancy>/", listing.detail, name="detail"),
    path("<uuid:vacancy>/apply/", applying.apply, name="apply"),
]
