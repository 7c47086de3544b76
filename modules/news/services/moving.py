"""Move an article through the workflow's table; see there for who may."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox.services import publish
from modules.news import topics, workflow
from modules.news.models import Article
from modules.news.services.writing import Conflict, Content, locked, rewrite
from modules.news.states import STORED, Push, State
from modules.news.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def submit(*, article: Article, by: "User", now: datetime | None = None) -> Article:
    """Ask somebody else to look at a draft. Raises NotAllowed, also for what is missing."""
    current, now = _begin("submit", article, by, now)
    current.returned = ""
    return _end("submit", current, now)


@transaction.atomic
def take_back(*, article: Article, by: "User", now: datetime | None = None) -> Article:
    """Go on writing before anybody has decided. Raises NotAllowed."""
    current, now = _begin("take_back", article, by, now)
    return _end("take_back", current, now)


@transaction.atomic
def send_back(*, article: Article, note: str, by: "User", now: datetime | None = None) -> Article:
    """Give an article back to its author with what is to be mended. Raises NotAllowed."""
    current, now = _begin("send_back", article, by, now)
    if not note.strip():
        raise NotAllowed(_("Say what should be changed."))
    current.returned = note.strip()
    return _end("send_back", current, now)


@transaction.atomic
def approve(
    *,
    article: Article,
    by: "User",
    publish_at: datetime | None = None,
    seen: datetime | None = None,
    now: datetime | None = None,
) -> Article:
    """Let an article out, now or later.

    Args:
        publish_at: an aware time; None, or one that is past, means now.
        seen: the ``changed_at`` of what was read; None for whatever stands there.

    Raises:
        Conflict: when somebody changed words, pictures or the PDF since.
        NotAllowed: also for who wrote it or changed it last.
    """
    current, now = _begin("approve", article, by, now)
    if seen is not None and current.changed_at != seen:
        raise Conflict(current)
    current.reviewer = by
    return _scheduled("approve", current, publish_at, now)


@transaction.atomic
def reschedule(
    *, article: Article, by: "User", publish_at: datetime | None, now: datetime | None = None
) -> Article:
    """Let an approved article out at another time; None means now. Raises NotAllowed."""
    current, now = _begin("reschedule", article, by, now)
    return _scheduled("reschedule", current, publish_at, now)


@transaction.atomic
def call_back(*, article: Article, by: "User", now: datetime | None = None) -> Article:
    """Make a draft again of what is approved and not out yet. Raises NotAllowed."""
    current, now = _begin("call_back", article, by, now)
    current.publish_at = current.reviewer = None
    _without_push(current)
    return _end("call_back", current, now)


@transaction.atomic
def correct(
    *,
    article: Article,
    content: Content,
    note: str,
    version: int,
    by: "User",
    now: datetime | None = None,
) -> Article:
    """Change what is out, with a note that everybody reads.

    Raises:
        Conflict: when somebody changed the words since.
        NotAllowed: also without a note, or when something of its kind would be missing.
    """
    current, now = _begin("correct", article, by, now)
    if current.version != version:
        raise Conflict(current)
    if not note.strip():
        raise NotAllowed(_("Say what was corrected: readers see it below the article."))
    rewrite(current, content, by=by, now=now, why=note.strip()[:300])
    missing = next(workflow.lacking(current), None)
    if missing:
        raise NotAllowed(missing)
    line = {"at": now.isoformat(), "note": note.strip()}
    current.corrections = [*current.corrections, line]
    return _end("correct", current, now)


@transaction.atomic
def archive(*, article: Article, by: "User", now: datetime | None = None) -> Article:
    """Take an article away from everybody, or give a draft up; it can be brought back.

    Raises NotAllowed.
    """
    now = now or timezone.now()
    name = "discard" if article.state_at(now) == State.DRAFT else "archive"
    current, now = _begin(name, article, by, now)
    current.archived_from = current.state
    _without_push(current)
    return _end(name, current, now)


@transaction.atomic
def bring_back(*, article: Article, by: "User", now: datetime | None = None) -> Article:
    """Put an archived article back where it was. Raises NotAllowed."""
    current, now = _begin("bring_back", article, by, now)
    current.state, current.archived_from = current.archived_from or State.DRAFT, ""
    return _end("bring_back", current, now)


def _begin(
    name: str, article: Article, by: "User", now: datetime | None
) -> tuple[Article, datetime]:
    now, current = now or timezone.now(), locked(article)
    why_not = workflow.problem(workflow.get(name), current, by, now)
    if why_not:
        raise NotAllowed(why_not)
    return current, now


def _end(name: str, article: Article, now: datetime) -> Article:
    """Store the new state, tell of it, write it down."""
    move = workflow.get(name)
    if move.target in STORED:
        article.state = move.target
    article.changed_at = now
    article.save()
    if move.topic:
        publish(move.topic, key=str(article.uuid), payload={"article": article.pk})
    audit.record(
        action=f"news.{name}", target=str(article.uuid), after={"state": str(article.state)}
    )
    return article


def _without_push(article: Article) -> None:
    """Forget a message that is not sent: who approved it approved it for these words."""
    if article.push_state != Push.SENT:
        article.push_state, article.push_approver = Push.NONE, None


def _scheduled(name: str, article: Article, at: datetime | None, now: datetime) -> Article:
    article.publish_at = max(at, now) if at else now
    if article.is_over(article.publish_at):
        raise NotAllowed(_("It would hide itself before it is published. Change that first."))
    publish(
        topics.PUBLISHED,
        key=str(article.uuid),
        payload={"article": article.pk, "at": topics.minute(article.publish_at)},
        not_before=article.publish_at,
    )
    return _end(name, article, now)
