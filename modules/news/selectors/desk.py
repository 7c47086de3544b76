"""What editors have before them: the articles within reach, by state, kind, writer and words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from balai import fulltext
from modules.news import conf, rights
from modules.news.models import Article
from modules.news.selectors.public import covers, newest
from modules.news.states import Kind, Push, State

TABS: Final = ("open", "review", "scheduled", "out", "stale", "push", "archived", "all")
SORTS: Final = {
    "changed": ("-changed_at", "-id"),
    "newest": ("-publish_at", "-id"),
    "title": ("title", "id"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the desk's list is narrowed to."""

    tab: str = "open"
    kind: str = ""
    query: str = ""
    mine: bool = False
    sort: str = "changed"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab narrows the list."""
        return bool(self.kind or self.query or self.mine)


def parse(values: dict[str, str]) -> Filters:
    """Return the filters of an address; what it cannot mean is left out."""
    tab, sort, kind = values.get("tab", ""), values.get("sort", ""), values.get("kind", "")
    return Filters(
        tab=tab if tab in TABS else "open",
        kind=kind if kind in Kind.values else "",
        query=" ".join(values.get("q", "").replace("\0", "").split())[:100],
        mine=values.get("mine") == "1",
        sort=sort if sort in SORTS else "changed",
    )


def to_query(filters: Filters, **other: str) -> str:
    """Return the filters as an address has them, without what is as usual."""
    values = {
        "tab": filters.tab if filters.tab != "open" else "", "kind": filters.kind,
        "q": filters.query, "mine": "1" if filters.mine else "",
        "sort": filters.sort if filters.sort != "changed" else "", **other,
    }  # fmt: skip
    return urlencode({name: value for name, value in values.items() if value})


def tab_condition(tab: str, now: datetime) -> Q:
    """Return which articles a tab shows."""
    out = Q(state=State.SCHEDULED, publish_at__lte=now)
    conditions = {
        "open": Q(state__in=(State.DRAFT, State.REVIEW)),
        "review": Q(state=State.REVIEW),
        "scheduled": Q(state=State.SCHEDULED, publish_at__gt=now),
        "out": out,
        "stale": out & stale_condition(now),
        "push": Q(push_state=Push.ASKED),
        "archived": Q(state=State.ARCHIVED),
    }
    return conditions.get(tab, Q())


def stale_condition(now: datetime) -> Q:
    """Return which published articles nobody has looked at for long; none that hides itself.

    News and e-papers are of their day and do not get stale; an event ends by its date.
    """
    long_ago = now - timedelta(days=conf.current().stale_days)
    kept = Q(kind__in=(Kind.NOTICE, Kind.HOAX), expires_at=None)
    return kept & Q(checked_at__lt=long_ago)


def stale_total(now: datetime) -> int:
    """Return how many articles of the whole city need a look; one query."""
    return Article.objects.filter(tab_condition("stale", now)).count()


def quiet_days(now: datetime) -> int:
    """Return for how many days nothing was published, where that is longer than the region
    wants; else 0.
    """
    last = newest(now)
    days = (now - last).days if last else 0
    return days if days > conf.current().quiet_days else 0


def is_stale(article: Article, now: datetime) -> bool:
    """Tell of one article what :func:`stale_condition` asks."""
    kept = article.kind in (Kind.NOTICE, Kind.HOAX) and article.expires_at is None
    looked = article.checked_at or article.created_at
    return article.is_out(now) and kept and looked < now - timedelta(days=conf.current().stale_days)


def matching(user: Any, filters: Filters, now: datetime | None = None) -> QuerySet[Article]:
    """Return the rows of the list in the order asked for."""
    now = now or timezone.now()
    rows = rights.within_reach(Article.objects.all(), user)
    rows = rows.filter(tab_condition(filters.tab, now))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.mine:
        rows = rows.filter(author=user)
    if filters.query:
        rows = rows.filter(fulltext.matching(filters.query))
    rows = rows.select_related("agency", "author").defer("search", "text", "agency__area")
    return rows.order_by(*SORTS[filters.sort])


def counts(user: Any, now: datetime | None = None) -> dict[str, int]:
    """Return how many articles each tab holds; one query."""
    now = now or timezone.now()
    rows = rights.within_reach(Article.objects.all(), user).order_by()
    wanted = {tab: Count("pk", filter=tab_condition(tab, now)) for tab in TABS if tab != "all"}
    return rows.aggregate(**wanted, all=Count("pk"))


def find(user: Any, reference: UUID) -> Article | None:
    """Return an article within the user's reach, with people and pictures; None else."""
    rows = rights.within_reach(Article.objects.filter(uuid=reference), user)
    people = ("agency", "author", "editor", "reviewer", "push_asker", "push_approver")
    rows = rows.select_related(*people).defer("search").prefetch_related(covers())
    return rows.first()
