"""Citizens' addresses."""

from django.urls import path

from modules.news.states import Kind
from modules.news.views import agenda, article, elsewhere, feeds, follow, listing, sitemap

urlpatterns = [
    path("", listing.index, name="index"),
    path("stories/", listing.of_kind, {"kind": Kind.NEWS}, name="stories"),
    path("announcements/", listing.of_kind, {"kind": Kind.NOTICE}, name="notices"),
    path("hoaxes/", listing.of_kind, {"kind": Kind.HOAX}, name="hoaxes"),
    path("papers/", listing.of_kind, {"kind": Kind.EPAPER}, name="papers"),
    path("agenda/", agenda.month, name="agenda"),
    path("agenda.ics", agenda.calendar_feed, name="calendar"),
    path("feed.rss", feeds.rss, name="feed-rss"),
    path("feed.atom", feeds.atom, name="feed-atom"),
    path("feed.json", feeds.json_feed, name="feed-json"),
    path("elsewhere/", elsewhere.index, name="elsewhere"),
    path("follow/", follow.follow, name="follow"),
    path("follow/leave/", follow.leave, name="leave"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path(
        "pictures/<uuid:picture>/<int:width>.<slug:kind>", article.picture, name="picture"
    ),
    path("<uuid:article>/", article.page, name="article"),
    path("<uuid:article>/event.ics", agenda.event, name="event"),
    path("<uuid:article>/paper.pdf", article.document, name="document"),
    path("<uuid:article>/<slug:words>/", article.page, name="article_named"),
]  # fmt: skip
