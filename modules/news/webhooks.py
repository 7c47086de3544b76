"""What other programs are told of events: an article that everybody may read, else nothing."""

from balai.modules import EventData
from modules.news import showing
from modules.news.models import Article
from modules.news.selectors import public


def facts(event: EventData) -> dict[str, object] | None:
    """Return the article as it is now; None where it is not out, or a sample."""
    rows = public.released().filter(pk=event.payload.get("article") or 0)
    row: Article | None = rows.prefetch_related(public.covers()).first()
    if row is None or row.sample:
        return None
    told = showing.article(row).model_dump(mode="json")
    return {"article": told, "url": told["url"]}
