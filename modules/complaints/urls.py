"""Citizens' addresses."""

from django.urls import path

from modules.complaints.views import follow, listing, report

urlpatterns = [
    path("", listing.index, name="index"),
    path("new/", report.new, name="new"),
    path("villages/", report.villages, name="villages"),
    path("receipt/<str:token>/", report.receipt, name="receipt"),
    path("track/", follow.track, name="track"),
    path("open/<str:token>/", follow.opened_by_link, name="open"),
    path("mine/", follow.mine, name="mine"),
    path("<uuid:report>/", follow.detail, name="detail"),
    path("<uuid:report>/reply/", follow.reply, name="reply"),
    path("<uuid:report>/confirm/", follow.confirm, name="confirm"),
    path("<uuid:report>/reopen/", follow.reopen, name="reopen"),
]
