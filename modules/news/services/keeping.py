"""Look after what is out: keep a story on top, say that an announcement still holds."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from balai import audit
from modules.news import rights, workflow
from modules.news.models import Article
from modules.news.services.writing import locked
from modules.news.states import Kind
from modules.news.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def put_on_top(
    *, article: Article, on_top: bool, by: "User", now: datetime | None = None
) -> Article:
    """Keep a published story on top of the front page instead of another, or no longer.

    Raises NotAllowed.
    """
    current, now = _kept(article, by, now)
    if current.kind != Kind.NEWS:
        raise NotAllowed(workflow.MOVED_ON)
    if on_top:
        others = Article.objects.filter(lead=True, publish_at__lte=now)
        others.exclude(pk=current.pk).update(lead=False)
    current.lead = on_top
    current.save(update_fields=["lead"])
    audit.record(action="news.put_on_top", target=str(current.uuid), after={"on_top": on_top})
    return current


@transaction.atomic
def still_holds(*, article: Article, by: "User", now: datetime | None = None) -> Article:
    """Remember that somebody looked at what is out and found nothing to change.

    Raises NotAllowed.
    """
    current, now = _kept(article, by, now)
    current.checked_at = now
    current.save(update_fields=["checked_at"])
    audit.record(action="news.still_holds", target=str(current.uuid))
    return current


def _kept(article: Article, by: "User", now: datetime | None) -> tuple[Article, datetime]:
    now, current = now or timezone.now(), locked(article)
    if not current.is_out(now):
        raise NotAllowed(workflow.MOVED_ON)
    if not rights.has(by, rights.PUBLISH, current):
        raise NotAllowed(workflow.NOT_YOURS)
    return current, now
