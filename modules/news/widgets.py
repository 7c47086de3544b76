"""Tiles: the latest news on the home page."""

from typing import Any

from django.http import HttpRequest

from balai.modules import Widget
from modules.news import topics
from modules.news.selectors import public

ROWS_AT_HOME = 4


class LatestNews(Widget):
    """What the city published last; absent while there is nothing."""

    template_name = "news/widgets/latest.html"
    places = ("home",)
    topics = topics.PUBLIC
    order = 25

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the newest articles with their pictures."""
        return {"articles": list(public.articles(public.Filters())[:ROWS_AT_HOME])}
