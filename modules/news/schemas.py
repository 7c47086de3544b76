"""What the API tells of an article."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class ArticleOut(Schema):
    """An article of a list. ``areas`` are codes of kecamatan and kelurahan; none is everybody."""

    uuid: UUID
    kind: str
    title: str
    summary: str
    url: str
    agency: str
    areas: list[str]
    published_at: datetime
    changed_at: datetime
    expires_at: datetime | None
    corrected: bool
    image: str


class PictureOut(Schema):
    """A picture: its address, and what it shows for who cannot see it."""

    url: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int


class CorrectionOut(Schema):
    """What was corrected after publication, and when."""

    at: datetime
    note: str


class HoaxOut(Schema):
    """A claim that went around and what was found of it."""

    claim: str
    verdict: str
    evidence: str


class EventOut(Schema):
    """When and where something is."""

    starts_at: datetime
    ends_at: datetime | None
    place: str


class WholeArticleOut(ArticleOut):
    """An article with its words as HTML; ``hoax`` and ``event`` belong to their kinds only."""

    html: str
    pictures: list[PictureOut]
    corrections: list[CorrectionOut]
    hoax: HoaxOut | None
    event: EventOut | None
    document: str


class ArticlePage(Schema):
    """Some articles, the newest first; ``next`` goes on behind them, "" at the end."""

    articles: list[ArticleOut]
    next: str


class AgendaOut(ArticleOut):
    """An event of the agenda."""

    starts_at: datetime
    ends_at: datetime | None
    place: str
