"""The API of the news: what is out, one article, the agenda. Everything is public, read only."""

from datetime import date, timedelta
from typing import Annotated, Final, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from balai.api import KeyIfGiven
from balai.api.schemas import Problem
from modules.news import showing
from modules.news.schemas import AgendaOut, ArticlePage, WholeArticleOut
from modules.news.selectors import paging, public

PER_PAGE: Final = 50
USUAL_DAYS, MOST_DAYS = 30, 366
ERRORS: Final = {code: Problem for code in (401, 403, 422, 429)}
ANYBODY: Final = KeyIfGiven("news:read")
KindName = Literal["", "news", "notice", "event", "hoax", "epaper"]
AreaCode = Annotated[
    str,
    Field(max_length=16, pattern=r"^[0-9.]*$", description="The code of a kecamatan or kelurahan."),
]

router = Router(tags=["news"])


class Wanted(Schema):
    """What is to be listed; everything may be left out."""

    kind: KindName = ""
    area: AreaCode = ""
    q: Annotated[str, Field(max_length=100, description="Words.")] = ""
    after: Annotated[UUID | None, Field(description="The last article of the page before.")] = None


Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 12, 31))]


class Days(Schema):
    """Which days of the agenda: from today, 30 days long, unless it says otherwise."""

    since: Day | None = None
    until: Day | None = None
    area: AreaCode = ""


@router.get("/articles", response={200: ArticlePage, **ERRORS}, auth=ANYBODY)
def list_articles(request: HttpRequest, wanted: Query[Wanted]) -> ArticlePage:
    """List what is published, the newest first, 50 a page; ``next`` leads on."""
    told = {"area": wanted.area, "q": wanted.q}
    filters = public.parse(wanted.kind, told)
    rows = public.articles(filters)
    page = paging.page(rows, after=wanted.after, size=PER_PAGE)
    known = {"kind": wanted.kind, **told, "after": str(page.older or "")}
    query = urlencode({name: value for name, value in known.items() if value})
    more = showing.absolute(f"{request.path}?{query}") if page.older else ""
    return ArticlePage(articles=[showing.article(row) for row in page], next=more)


@router.get(
    "/articles/{article}",
    response={200: WholeArticleOut, **ERRORS, 404: Problem},
    auth=ANYBODY,
)
def read_article(request: HttpRequest, article: UUID) -> WholeArticleOut:
    """Read one article with its text, also one that has run out."""
    found = public.find(article)
    if found is None:
        raise Http404
    return showing.whole(found)


@router.get("/agenda", response={200: list[AgendaOut], **ERRORS}, auth=ANYBODY)
def list_events(request: HttpRequest, days: Query[Days]) -> list[AgendaOut]:
    """List the events of some days, the earliest first; a year at most."""
    first = days.since or timezone.localdate()
    last = days.until or first + timedelta(days=USUAL_DAYS)
    if not timedelta() <= last - first <= timedelta(days=MOST_DAYS):
        raise ValidationError(
            {"until": _("Ask for at most a year, from an earlier to a later day.")}
        )
    rows = public.events(first, last, public.Filters(area=days.area))
    return [told for row in rows if (told := showing.event(row))]
