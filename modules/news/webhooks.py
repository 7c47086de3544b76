"""What other programs are told of events: an article that everybody may read, else nothing."""

from balai.modules import EventData
from modules.news import showing, topics
from modules.news.models import Article
from modules.news.selectors import public


def facts(event: EventData) -> dict[str, object] | None:
    """Return the article as it is now; None where it is not out, or a sample."""
    rows = public.released().filter(pk=event.payload.get("article") or 0)
    row: Article | None = rows.prefetch_related(public.covers()).first()
    if row is None or row.sample or not _of_its_time(event, row):
        return None
    told = showing.article(row).model_dump(mode="json")
    return {"article": told, "url": told["url"]}


def _of_its_time(event: EventData, row: Article) -> bool:
    """Tell whether an event of publication is of the time it came out, not of one given up."""
    at = event.payload.get("at")
    return at is None or row.publish_at is None or at == topics.minute(row.publish_at)
