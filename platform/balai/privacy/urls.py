"""My data: what people see, ask for and take back themselves; mounted at /my-data/."""

from django.urls import path

from balai.privacy.views import again, consents, mine, requests, tickets

app_name = "privacy"

urlpatterns = [
    path("", mine.index, name="index"),
    path("all/", mine.everything, name="everything"),
    path("download/", mine.download, name="download"),
    path("correct/", requests.correct, name="correct"),
    path("restrict/", requests.restrict, name="restrict"),
    path("delete/", requests.delete, name="delete"),
    path("requests/<uuid:request_id>/", requests.detail, name="request"),
    path("requests/<uuid:request_id>/take-back/", requests.take_back, name="take-back"),
    path("requests/<uuid:request_id>/lift/", requests.lift, name="lift"),
    path("again/", again.again, name="again"),
    path("consents/", consents.index, name="consents"),
    path("consents/<str:purpose>/", consents.withdraw, name="withdraw"),
    path("ticket/", tickets.enter, name="ticket"),
    path("ticket/leave/", tickets.leave, name="ticket-leave"),
]
