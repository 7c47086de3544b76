"""What of the news is open to everybody, for programs."""

from django.utils.translation import gettext_lazy as _

from balai.opendata import Dataset, Distribution, publish
from modules.news.selectors import public

ARTICLES = publish(
    Dataset(
        name="news.articles",
        title=_("News and announcements"),
        description=_("What the city published last: title, summary, text, kind, date and link."),
        theme="GOVE",
        frequency="CONT",
        keywords=(_("news"), _("announcements")),
        page="news:index",
        modified=public.last_change,
        distributions=(
            Distribution("JSON", "application/feed+json", "news:feed-json", "JSON Feed"),
            Distribution("ATOM", "application/atom+xml", "news:feed-atom"),
            Distribution("RSS", "application/rss+xml", "news:feed-rss"),
        ),
    )
)
AGENDA = publish(
    Dataset(
        name="news.agenda",
        title=_("Agenda of the city"),
        description=_("Every event that is not over, with time and place, for calendars."),
        theme="EDUC",
        frequency="CONT",
        keywords=(_("what is on"), _("agenda")),
        page="news:agenda",
        modified=public.last_change,
        distributions=(Distribution("ICS", "text/calendar", "news:calendar", "iCalendar"),),
    )
)
