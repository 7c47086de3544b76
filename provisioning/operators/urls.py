"""The operators' pages, at /operations/ of the apex."""

from django.urls import path

from balai.urls_common import Routes
from provisioning.operators.views import house, jobs, mail, province, queues, regions, visits

app_name = "operations"

urlpatterns: Routes = [
    path("", regions.index, name="index"),
    path("regions/<int:pk>/", regions.region, name="region"),
    path("regions/<int:pk>/measure/", regions.measure, name="measure"),
    path("regions/<int:pk>/state/", regions.move, name="move"),
    path("regions/<int:pk>/events/", mail.outbox, name="outbox"),
    path("regions/<int:pk>/events/<int:event>/resend/", mail.resend, name="resend"),
    path("regions/<int:pk>/webhooks/", mail.webhooks, name="webhooks"),
    path("regions/<int:pk>/webhooks/<int:delivery>/again/", mail.redeliver, name="redeliver"),
    path("openings/", queues.openings, name="openings"),
    path("openings/<uuid:uuid>/retry/", regions.retry_opening, name="retry-opening"),
    path("reviews/", queues.reviews, name="reviews"),
    path("reviews/<uuid:uuid>/", queues.review, name="review"),
    path("claims/", queues.claims, name="claims"),
    path("claims/<uuid:uuid>/", queues.claim, name="claim"),
    path("golive/", queues.golive, name="golive"),
    path("golive/<int:pk>/", queues.golive_request, name="golive-request"),
    path("golive/letters/<int:pk>/", queues.letter, name="letter"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="retry-job"),
    path("jobs/<int:pk>/dismiss/", jobs.dismiss, name="dismiss-job"),
    path("jobs/<int:pk>/reopen/", jobs.reopen, name="reopen-job"),
    path("releases/", house.releases, name="releases"),
    path("maintenance/", house.maintenance, name="maintenance"),
    path("maintenance/<int:pk>/withdraw/", house.withdraw, name="withdraw"),
    path("staff/", house.staff, name="staff"),
    path("staff/<uuid:uuid>/", house.person, name="person"),
    path("staff/<uuid:uuid>/switch/", house.switch, name="switch-person"),
    path("regions/<int:pk>/enter/", visits.ask, name="ask-visit"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<uuid:uuid>/", visits.visit, name="visit"),
    path("visits/<uuid:uuid>/withdraw/", visits.withdraw, name="withdraw-visit"),
    path("visits/<uuid:uuid>/go-in/", visits.go_in, name="go-in"),
    path("visits/<uuid:uuid>/end/", visits.end, name="end-visit"),
    path("province/", province.province, name="province"),
    path("province/figures.csv", province.export, name="province-csv"),
]
