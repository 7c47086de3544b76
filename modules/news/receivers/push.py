"""Send an approved message to the phones of who follows a place, once the article is out.

A city's followers are many: each event writes to a few hundred and hands on to the next.
"""

from typing import Final

from balai import context, notify
from balai.modules import EventData, receiver
from balai.notify import followers
from balai.outbox.services import publish
from modules.news import following, topics
from modules.news.models import Article
from modules.news.services import pushing
from modules.news.states import Push

AT_ONCE: Final = 500


@receiver(topics.PUBLISHED, topics.PUSHED)
def send_push(event: EventData) -> None:
    """Begin with the message, or go on with it behind the follower named in the event."""
    article = Article.objects.filter(pk=int(event.payload["article"] or 0)).first()
    if article is None or article.sample:
        return
    after = int(event.payload.get("after") or 0)
    if after:
        if article.push_state != Push.SENT or not article.is_out():
            return
    elif not pushing.begin_sending(article=article):
        return
    _send(article, after)


def _send(article: Article, after: int) -> None:
    rows = followers.page(following.subjects(article.areas), after=after, limit=AT_ONCE)
    url = f"{context.current_region().base_url}{article.get_absolute_url()}"
    for row in rows:
        notify.send(
            template="news/push",
            to=row.to,
            context={
                "title": article.title, "text": article.push_text, "url": url,
                "tag": f"news-{article.uuid.hex}",
            },
            dedupe_key=f"news.push:{article.uuid.hex}:{row.person}",
        )  # fmt: skip
    if len(rows) == AT_ONCE:
        payload = {"article": article.pk, "after": rows[-1].at}
        publish(topics.PUSHED, key=str(article.uuid), payload=payload)
