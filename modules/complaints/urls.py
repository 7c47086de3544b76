"""Citizens' addresses."""

from django.urls import path

from modules.complaints.views import (
    feeds,
    follow,
    listing,
    partner,
    public_map,
    remedies,
    report,
    similar,
    statistics,
)

urlpatterns = [
    path("", listing.index, name="index"),
    path("map-data/", public_map.map_data, name="map-data"),
    path("feed.atom", feeds.atom, name="feed-atom"),
    path("feed.rss", feeds.rss, name="feed-rss"),
    path("reports.geojson", feeds.geojson, name="geojson"),
    path("statistics/", statistics.page, name="statistics"),
    path("statistics.csv", statistics.download, name="statistics-csv"),
    path("new/", report.new, name="new"),
    path("similar/", similar.similar_reports, name="similar"),
    path("villages/", report.villages, name="villages"),
    path("receipt/<str:token>/", report.receipt, name="receipt"),
    path("track/", follow.track, name="track"),
    path("open/<str:token>/", follow.opened_by_link, name="open"),
    path("mine/", follow.mine, name="mine"),
    path("<uuid:report>/", follow.detail, name="detail"),
    path("<uuid:report>/reply/", follow.reply, name="reply"),
    path("<uuid:report>/confirm/", follow.confirm, name="confirm"),
    path("<uuid:report>/reopen/", follow.reopen, name="reopen"),
    path("<uuid:report>/appeal/", remedies.appeal, name="appeal"),
    path("<uuid:report>/dossier/", remedies.own_dossier, name="dossier"),
    path("<uuid:report>/dossier/consent/", remedies.consent, name="dossier-consent"),
    path("partner/<str:token>/", partner.acknowledge, name="partner"),
]
