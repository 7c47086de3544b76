"""What an officer may do with an article: permissions within the agency it belongs to."""

from typing import Any

from django.db.models import Q, QuerySet

from modules.news.models import Article

DESK, WRITE, PUBLISH = "news.access_desk", "news.write", "news.publish"
PUSH, SOURCES = "news.approve_push", "news.manage_sources"


def has(user: Any, permission: str, article: Article) -> bool:
    """Tell whether ``user`` has ``permission`` for the agency of ``article``.

    An article of the city as a whole belongs to those whose right covers every agency, and a
    draft to who wrote it.
    """
    if user is None or not user.is_authenticated or not user.has_perm(permission):
        return False
    if user.agencies_for(permission).covers(article.agency_id):
        return True
    return permission == WRITE and article.author_id == user.pk


def within_reach(articles: QuerySet[Article], user: Any) -> QuerySet[Article]:
    """Keep the articles that ``user`` may see at the desk; nothing without the right."""
    if not user.is_authenticated or not user.has_perm(DESK):
        return articles.none()
    scope = user.agencies_for(DESK)
    return articles if scope.all_agencies else articles.filter(_own(user, scope.ids))


def _own(user: Any, agencies: frozenset[int]) -> Q:
    return Q(agency__in=agencies) | Q(author=user.pk)
