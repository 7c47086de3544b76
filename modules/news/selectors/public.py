"""What anybody may read now: approved, its time come, not hidden again."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Max, Prefetch, Q, QuerySet
from django.utils import timezone

from balai import fulltext
from balai.directory.models import Area
from balai.ui.formats import zone
from modules.news.models import Article, Picture
from modules.news.states import Kind, State

RELATED = 4
RANKED = 400
"""The newest articles, of which those with words of the title are ranked for "read on": a city's
name stands in all of them, and ranking all would cost more than the page."""
LONGEST_LEAD = timedelta(days=60)
"""How long a story can stay on top: one that was forgotten there ages a front page."""
LATEST = 1000
"""Entries of the sitemap, well below its protocol's 50,000, and articles that a search ranks."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; ``area`` is the code of a kecamatan or kelurahan."""

    kind: str = ""
    area: str = ""
    query: str = ""


def parse(kind: str, values: dict[str, str]) -> Filters:
    """Return the filters of an address; what it cannot mean is left out."""
    area = values.get("area", "")
    return Filters(
        kind=kind,
        area=area if re.fullmatch(r"[\d.]{2,16}", area) else "",
        query=" ".join(values.get("q", "").replace("\0", "").split())[:100],
    )


def released(now: datetime | None = None) -> QuerySet[Article]:
    """Return what is out, also what has run out; without the columns that no list shows."""
    rows = Article.objects.filter(state=State.SCHEDULED, publish_at__lte=now or timezone.now())
    return rows.select_related("agency").defer("search", "agency__area")


def visible(now: datetime | None = None) -> QuerySet[Article]:
    """Return what stands in lists, the newest first."""
    now = now or timezone.now()
    rows = released(now).filter(Q(expires_at=None) | Q(expires_at__gt=now))
    return rows.order_by("-publish_at", "-id")


def articles(filters: Filters, now: datetime | None = None) -> QuerySet[Article]:
    """Return the articles a page of the list shows, the newest first, without their texts."""
    rows = visible(now).defer("search", "text", "claim")
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.area:
        rows = rows.filter(for_area(filters.area))
    if filters.query:
        rows = rows.filter(fulltext.matching(filters.query))
    return rows.prefetch_related(covers())


def covers() -> "Prefetch[str]":
    """Return the pictures of a list's rows in one query; the first is the cover."""
    return Prefetch("pictures", Picture.objects.order_by("place", "id"))


def for_area(code: str) -> Q:
    """Return the condition "concerns this area": the whole city, itself, above it or inside it."""
    above = code[:8] if len(code) > 8 else code
    inside = Area.objects.filter(parent__code=code).values_list("code", flat=True)
    codes = [code, above, *inside]
    return Q(areas=[]) | Q(areas__has_any_keys=codes)


def lead(filters: Filters, now: datetime | None = None) -> Article | None:
    """Return the story on top of the front page: one an editor chose lately, else the newest."""
    now = now or timezone.now()
    rows = articles(Filters(kind=Kind.NEWS, area=filters.area), now)
    return rows.filter(lead=True, publish_at__gt=now - LONGEST_LEAD).first() or rows.first()


def find(reference: UUID, now: datetime | None = None) -> Article | None:
    """Return an article that is out or has run out, with its pictures."""
    found = released(now).filter(uuid=reference).prefetch_related(covers())
    return found.first()


def is_archived(reference: UUID) -> bool:
    """Tell whether an article was out once and was archived: its address says so to everybody."""
    rows = Article.objects.filter(uuid=reference, state=State.ARCHIVED)
    return rows.filter(archived_from=State.SCHEDULED).exists()


def related(article: Article, now: datetime | None = None) -> list[Article]:
    """Return other articles whose words are those of the title, the best first; then the newest."""
    now = now or timezone.now()
    rows = visible(now).exclude(pk=article.pk).defer("search", "text", "corrections", "claim")
    rows = rows.filter(~Q(kind=Kind.EVENT) | _ahead(now))
    words = fulltext.words(article.title)[:12]
    found: list[Article] = []
    if words:
        terms = " | ".join(f"'{word}'" for word in words)
        asked = SearchQuery(terms, config=fulltext.CONFIG, search_type="raw")
        lately = list(rows.values_list("pk", flat=True)[:RANKED])
        ranked = rows.filter(pk__in=lately).annotate(rank=SearchRank(F("search"), asked))
        ranked = ranked.filter(rank__gt=0)
        found = list(ranked.order_by("-rank", "-publish_at").prefetch_related(covers())[:RELATED])
    if len(found) < RELATED:
        known = [row.pk for row in found]
        more = rows.exclude(pk__in=known).prefetch_related(covers())
        found += more[: RELATED - len(found)]
    return found


def events(first: date, last: date, filters: Filters, now: datetime | None = None) -> list[Article]:
    """Return the events that touch the days from ``first`` to ``last``, the earliest first."""
    here = zone()
    begin = datetime.combine(first, time.min, here)
    end = datetime.combine(last + timedelta(days=1), time.min, here)
    rows = articles(Filters(kind=Kind.EVENT, area=filters.area, query=filters.query), now)
    during = Q(starts_at__gte=begin) | Q(ends_at__gt=begin)
    return list(rows.filter(during, starts_at__lt=end).order_by("starts_at", "id"))


def upcoming(
    filters: Filters | None = None, now: datetime | None = None, *, limit: int = 200
) -> list[Article]:
    """Return the events that are not over, the next one first."""
    now, asked = now or timezone.now(), filters or Filters()
    rows = articles(Filters(kind=Kind.EVENT, area=asked.area, query=asked.query), now)
    return list(rows.filter(_ahead(now)).order_by("starts_at", "id")[:limit])


def _ahead(now: datetime) -> Q:
    """Return the condition "this event is not over"; one without an end takes three hours."""
    return Q(ends_at__gte=now) | Q(ends_at=None, starts_at__gte=now - timedelta(hours=3))


def last_change() -> datetime | None:
    """Return when something that is out was changed last, for the catalogue of open data."""
    times = visible().aggregate(changed=Max("changed_at"), out=Max("publish_at")).values()
    return max(filter(None, times), default=None)


def newest(now: datetime | None = None) -> datetime | None:
    """Return when the last article of any kind came out."""
    rows = released(now).order_by("-publish_at").values_list("publish_at", flat=True)
    found: datetime | None = rows.first()
    return found


def search(query: str, limit: int) -> list[Article]:
    """Return articles that fit some words, the best of the newest thousand that do first."""
    rows = visible().defer("search", "text", "corrections", "claim")
    asked = fulltext.query(query)
    fit = list(rows.filter(search=asked).values_list("pk", flat=True)[:LATEST])
    ranked = rows.filter(pk__in=fit).annotate(rank=SearchRank(F("search"), asked))
    return list(ranked.order_by("-rank", "-publish_at")[:limit])


def area_names(codes: list[str]) -> list[str]:
    """Return the names of areas by code, with their kind."""
    rows = Area.objects.filter(code__in=codes).defer("boundary") if codes else []
    return [area.label for area in rows]


def districts() -> list[Area]:
    """Return the kecamatan by name, without their boundaries."""
    return list(Area.objects.filter(kind=Area.Kind.DISTRICT).defer("boundary").order_by("name"))
