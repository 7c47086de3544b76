"""Citizens' addresses."""

from django.urls import URLPattern, path

from modules.emergency.views import alerts_public, alerts_subscribe, call, citizen, statistics

urlpatterns: list[URLPattern] = [
    path("alerts/", alerts_public.index, name="alerts"),
    path("alerts/current/", alerts_public.current, name="alerts-current"),
    path("alerts/subscribe/", alerts_subscribe.subscribe, name="subscribe"),
    path("alerts/subscribe/leave/", alerts_subscribe.leave, name="unsubscribe"),
    path("alerts/<uuid:alert>/", alerts_public.one, name="alert"),
    path("statistics/", statistics.public, name="statistics"),
    path("", citizen.index, name="index"),
    path("kept/", citizen.index_kept, name="index-kept"),
    path("panic/", citizen.ask, name="panic"),
    path("panic/arm/", citizen.arm, name="panic-arm"),
    path("call/<str:token>/", call.page, name="call"),
    path("call/<str:token>/state/", call.state, name="call-state"),
    path("call/<str:token>/send/", call.send, name="call-send"),
    path("call/<str:token>/cancel/", call.cancel, name="call-cancel"),
    path("call/<str:token>/say/", call.say, name="call-say"),
    path("call/<str:token>/move/", call.move, name="call-move"),
]
