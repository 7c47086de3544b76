"""The fixed addresses of alerts for other programs: /alerts/feed.atom and the CAP documents."""

from django.urls import path

from modules.emergency.views import alert_feeds

urlpatterns = [
    path("", alert_feeds.page, name="alerts"),
    path("feed.atom", alert_feeds.atom, name="atom"),
    path("feed.geojson", alert_feeds.geojson, name="geojson"),
    path("<uuid:alert>.xml", alert_feeds.document, name="cap"),
]
