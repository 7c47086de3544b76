"""Tiles: the latest news on the home page, how fresh the news is on the wall."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from balai.modules import Widget
from modules.news import conf, topics
from modules.news.selectors import desk, feeds, public


class LatestNews(Widget):
    """What the city published last; absent while there is nothing."""

    template_name = "news/widgets/latest.html"
    places = ("home",)
    topics = topics.PUBLIC
    order = 25

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the newest articles with their pictures."""
        return {"articles": list(public.articles(public.Filters())[: conf.current().at_home])}


class Freshness(Widget):
    """Days since the city last told something; red when that is long, or what is out is old."""

    template_name = "news/widgets/freshness.html"
    topics = topics.PUBLIC
    order = 60
    label = _("Days without news")

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the days, what needs a look beside them, and whether it should alarm."""
        now, settings = timezone.now(), conf.current()
        newest = public.newest(now)
        days = (timezone.localdate(now) - timezone.localdate(newest)).days if newest else None
        stale, failing = desk.stale_total(now), feeds.in_trouble()
        told = []
        if stale:
            words = ngettext("%(n)s notice needs a look", "%(n)s notices need a look", stale)
            told.append(words % {"n": stale})
        if failing:
            words = ngettext("%(n)s site cannot be read", "%(n)s sites cannot be read", failing)
            told.append(words % {"n": failing})
        return {
            "label": self.label,
            "value": "–" if days is None else days,
            "base": "; ".join(told)
            or (gettext("all else looked at") if newest else gettext("none yet")),
            "alarm": days is None or days > settings.quiet_days or bool(failing),
        }
