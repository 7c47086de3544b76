"""Officers' addresses; the kernel asks for ``prices.access_desk``."""

from django.urls import path

from modules.prices.views import desk, entry, rounds

urlpatterns = [
    path("", desk.index, name="index"),
    path("day/", desk.day, name="day"),
    path("publish/", desk.publish, name="publish"),
    path("enter/", entry.index, name="enter"),
    path("enter/<slug:market>/", entry.page, name="sheet"),
    path("rounds/<uuid:round_>/", rounds.detail, name="round"),
    path("rounds/<uuid:round_>/verify/", rounds.verify, name="verify"),
    path("rounds/<uuid:round_>/take-back/", rounds.take_back, name="take-back"),
    path("rounds/<uuid:round_>/send-back/", rounds.send_back, name="send-back"),
    path("rounds/<uuid:round_>/correct/", rounds.correct, name="correct"),
]
