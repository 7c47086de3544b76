"""Tell an author what became of their article: sent back with a note, or out."""

from typing import Final

from django.urls import reverse

from balai import context, notify
from balai.modules import EventData, receiver
from modules.news import topics
from modules.news.models import Article
from modules.news.states import State

NOTICES: Final = {topics.RETURNED: "news/returned", topics.PUBLISHED: "news/published"}


@receiver(*NOTICES)
def tell_author(event: EventData) -> None:
    """Write to who wrote the article; not of samples, nor of what has moved on since."""
    row = (
        Article.objects.select_related("author")
        .filter(pk=int(event.payload["article"] or 0))
        .first()
    )
    if row is None or row.sample or row.author is None:
        return
    returned = event.topic == topics.RETURNED
    if not (row.state == State.DRAFT and row.returned if returned else row.is_out()):
        return
    base = context.current_region().base_url
    page = reverse("news_desk:detail", args=[row.uuid]) if returned else row.get_absolute_url()
    notify.send(
        template=NOTICES[event.topic],
        to=notify.Recipient(user=row.author),
        context={"title": row.title, "note": row.returned, "url": f"{base}{page}"},
        dedupe_key=f"{event.topic}:{event.id if returned else row.uuid}",
    )
