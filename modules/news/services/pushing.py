"""Messages to phones about an article: one asks, another approves, and only then it goes out."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai import audit
from balai.outbox.services import publish
from modules.news import conf, rights, topics
from modules.news.models import Article
from modules.news.services.writing import locked
from modules.news.states import OUT, Push, State
from modules.news.workflow import MOVED_ON, NOT_YOURS, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

LETTERS: Final = 120
ANOTHER: Final = _("Somebody else has to approve it: you asked for it.")
OFF: Final = _("Messages to phones are switched off in the settings.")
_READY: Final = (State.REVIEW, State.SCHEDULED, *OUT)


def asking_problem(article: Article, by: Any, now: datetime) -> str | Promise:
    """Return why ``by`` cannot ask for a message now, or "" when nothing stands against it."""
    if not conf.current().push:
        return OFF
    if article.push_state != Push.NONE or article.state_at(now) not in _READY:
        return MOVED_ON
    if article.is_over(now):
        return _("The article has run out.")
    return "" if rights.has(by, rights.WRITE, article) else NOT_YOURS


def approving_problem(article: Article, by: Any, now: datetime) -> str | Promise:
    """Return why ``by`` cannot approve the message now, or "" ."""
    if not conf.current().push:
        return OFF
    if article.push_state != Push.ASKED or article.state_at(now) not in _READY:
        return MOVED_ON
    if not rights.has(by, rights.PUSH, article):
        return NOT_YOURS
    return ANOTHER if by.pk == article.push_asker_id else ""


def may_drop(article: Article, by: Any) -> bool:
    """Tell whether ``by`` may take back a message that is not sent: who asked, who may approve."""
    waits = article.push_state in (Push.ASKED, Push.APPROVED)
    own = by.is_authenticated and by.pk == article.push_asker_id
    return waits and (own or rights.has(by, rights.PUSH, article))


@transaction.atomic
def ask_push(*, article: Article, text: str, by: "User", now: datetime | None = None) -> Article:
    """Ask for a message of at most 120 letters. Raises NotAllowed."""
    now, current = now or timezone.now(), locked(article)
    problem = asking_problem(current, by, now)
    if problem:
        raise NotAllowed(problem)
    words = " ".join(text.split())
    if not words or len(words) > LETTERS:
        raise NotAllowed(_("Write what the message says, in at most 120 letters."))
    current.push_state, current.push_text = Push.ASKED, words
    current.push_asker, current.push_approver = by, None
    return _saved(current, "news.push_asked")


@transaction.atomic
def approve_push(
    *, article: Article, text: str, by: "User", now: datetime | None = None
) -> Article:
    """Let the message go out: at once, or together with the article.

    Args:
        text: the message that was read; another one may stand there by now.

    Raises:
        NotAllowed: also for who asked for it.
    """
    now, current = now or timezone.now(), locked(article)
    problem = approving_problem(current, by, now)
    if problem:
        raise NotAllowed(problem)
    if text != current.push_text:
        raise NotAllowed(MOVED_ON)
    current.push_state, current.push_approver = Push.APPROVED, by
    publish(topics.PUSHED, key=str(current.uuid), payload={"article": current.pk, "after": 0})
    return _saved(current, "news.push_approved")


@transaction.atomic
def drop_push(*, article: Article, by: "User") -> Article:
    """Refuse a message, or take it back before it is sent. Raises NotAllowed."""
    current = locked(article)
    if not may_drop(current, by):
        raise NotAllowed(MOVED_ON)
    current.push_state, current.push_approver = Push.NONE, None
    return _saved(current, "news.push_dropped")


@transaction.atomic
def begin_sending(*, article: Article, now: datetime | None = None) -> bool:
    """Mark an approved message as sent; tell whether this caller is the one to send it.

    Nothing is sent of what is not out, or has run out already.
    """
    now, current = now or timezone.now(), locked(article)
    if current.push_state != Push.APPROVED or not current.is_out(now) or current.is_over(now):
        return False
    current.push_state, current.pushed_at = Push.SENT, now
    current.save(update_fields=["push_state", "pushed_at"])
    audit.record(action="news.push_sent", target=str(current.uuid))
    return True


def _saved(article: Article, action: str) -> Article:
    article.save(update_fields=["push_state", "push_text", "push_asker", "push_approver"])
    audit.record(action=action, target=str(article.uuid), after={"text": article.push_text})
    return article
