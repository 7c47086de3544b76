"""Write an article and change it: nobody's words are lost to somebody who saved meanwhile."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Expression
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from balai import audit, fulltext
from modules.news import markup, workflow
from modules.news.models import Article, Revision
from modules.news.states import Kind, Push
from modules.news.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.directory.models import Agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an editor decides about an article; times are aware, ``areas`` are area codes."""

    title: str
    kind: str = Kind.NEWS
    summary: str = ""
    text: str = ""
    areas: tuple[str, ...] = ()
    expires_at: datetime | None = None
    claim: str = ""
    verdict: str = ""
    evidence_url: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""


FIELDS = tuple(field.name for field in fields(Content))
TIMES = ("expires_at", "starts_at", "ends_at")


class Conflict(Exception):  # noqa: N818  # it reads as what happened
    """Raised when somebody saved the article since it was opened; ``article`` is theirs."""

    def __init__(self, article: Article) -> None:
        super().__init__(article.version)
        self.article = article


@transaction.atomic
def create(
    *,
    content: Content,
    by: "User | None",
    agency: "Agency | None" = None,
    lead: bool = False,
    sample: bool = False,
    now: datetime | None = None,
) -> Article:
    """Begin an article as a draft.

    Args:
        agency: the office it speaks for; None for the city as a whole.
        lead: keep it on top of the front page once it is published.
        now: an aware time, the present by default.
    """
    now = now or timezone.now()
    article = Article(
        author=by, editor=by, agency=agency, lead=lead, sample=sample, created_at=now,
        changed_at=now, checked_at=now,
    )  # fmt: skip
    _put(article, content)
    article.save(force_insert=True)
    _remember(article, by, now)
    audit.record(action="news.created", target=str(article.uuid), after={"kind": article.kind})
    return article


@transaction.atomic
def save(
    *,
    article: Article,
    content: Content,
    version: int,
    by: "User",
    agency: "Agency | None" = None,
    lead: bool = False,
    now: datetime | None = None,
) -> Article:
    """Change an article that nobody has approved yet.

    Args:
        version: the version the editor had before them.

    Raises:
        Conflict: when somebody saved another one since.
        NotAllowed: when it was approved meanwhile, or is not theirs.
    """
    now, current = now or timezone.now(), locked(article)
    if not workflow.may_edit(current, by, now):
        raise NotAllowed(workflow.MOVED_ON)
    if current.version != version:
        raise Conflict(current)
    current.agency, current.lead = agency, lead
    rewrite(current, content, by=by, now=now)
    current.save()
    audit.record(action="news.saved", target=str(current.uuid), after={"version": current.version})
    return current


@transaction.atomic
def restore(*, article: Article, number: int, by: "User", now: datetime | None = None) -> Article:
    """Put back the words of an earlier version, as a new one.

    Raises:
        NotAllowed: when there is no such version, or the article may not be changed.
    """
    now, current = now or timezone.now(), locked(article)
    if not workflow.may_edit(current, by, now):
        raise NotAllowed(workflow.MOVED_ON)
    old = current.revisions.filter(number=number).first()
    if old is None:
        raise NotAllowed(_("There is no such version."))
    why = _("Restored from version %(number)s") % {"number": number}
    rewrite(current, content_of(old), by=by, now=now, why=why)
    current.save()
    audit.record(action="news.restored", target=str(current.uuid), after={"from": number})
    return current


def rewrite(
    article: Article, content: Content, *, by: "User", now: datetime, why: str = ""
) -> None:
    """Put new words into a locked article and keep them as a revision; does not save the article.

    Nothing is written where nothing changed, so that a second click makes no second version.
    A message to phones that was approved for the words before waits for a second person again:
    the title stands in it.
    """
    if stored(current_content(article)) == stored(content):
        return
    _put(article, content)
    article.version += 1
    article.editor, article.changed_at, article.checked_at = by, now, now
    if article.push_state == Push.APPROVED:
        article.push_state, article.push_approver = Push.ASKED, None
    _remember(article, by, now, why)


def locked(article: Article) -> Article:
    """Return the row as it is now, locked until the transaction ends."""
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def current_content(article: Article) -> Content:
    """Return what the article says now."""
    values = {name: getattr(article, name) for name in FIELDS}
    return Content(**{**values, "areas": tuple(article.areas)})


def content_of(revision: Revision) -> Content:
    """Return what a revision says; fields that are no more are left out."""
    values: dict[str, Any] = {
        name: value for name, value in revision.content.items() if name in FIELDS
    }
    values |= {name: parse_datetime(values.get(name) or "") for name in TIMES}
    return Content(**{**values, "areas": tuple(values.get("areas", ()))})


def merged(mine: Content, theirs: Content, began: Content) -> Content:
    """Return ``mine`` with what differs in ``theirs`` alone from what both began with."""
    untouched = {
        name: getattr(theirs, name)
        for name in FIELDS
        if getattr(mine, name) == getattr(began, name)
    }
    return replace(mine, **untouched)


def stored(content: Content) -> dict[str, Any]:
    """Return the words as JSON can hold them."""
    values = {name: getattr(content, name) for name in FIELDS}
    values |= {name: value.isoformat() for name in TIMES if (value := values[name])}
    return {**values, "areas": list(content.areas)}


def searchable(content: Content) -> Expression:
    """Return what an article is found by: title, then summary and place, then the text."""
    second = f"{content.summary} {content.place} {content.claim}"
    return fulltext.vector(content.title, second, markup.plain(content.text))


def _put(article: Article, content: Content) -> None:
    for name in FIELDS:
        setattr(article, name, getattr(content, name))
    article.areas = list(content.areas)
    article.search = searchable(content)


def _remember(article: Article, by: "User | None", now: datetime, why: str = "") -> None:
    words = stored(current_content(article))
    Revision.objects.create(
        article=article, number=article.version, content=words, author=by, at=now, why=why
    )
