"""What people find: apps in use, for citizens, and for officers those of their work, too."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from modules.catalogue.models import App
from modules.catalogue.states import SHOWN, Audience, Category

WORDS = 6
FACTS = ("name", "summary", "agency__name", "agency__short_name")


def visible(user: Any) -> QuerySet[App]:
    """Return the apps that a visitor may find."""
    found = App.objects.filter(state__in=SHOWN).select_related("agency")
    if not (user is not None and user.is_authenticated and user.is_officer):
        found = found.filter(audience=Audience.CITIZEN)
    return found


def matching(query: str) -> Q:
    """Return the condition that all words of ``query`` stand somewhere in an app's facts."""
    found = Q()
    for word in query.replace("\0", "").split()[:WORDS]:
        either = Q()
        for fact in FACTS:
            either |= Q(**{f"{fact}__icontains": word})
        for value, label in Category.choices:
            if word.casefold() in str(label).casefold():
                either |= Q(category=value)
        found &= either
    return found


def categories(user: Any) -> Sequence[tuple[str, str]]:
    """Return the categories in which the visitor finds something (1 query)."""
    used = set(visible(user).order_by().values_list("category", flat=True).distinct())
    return [(value, str(label)) for value, label in Category.choices if value in used]


def on_home(limit: int) -> list[App]:
    """Return the apps with a tile on the home page, by name (1 query)."""
    found = App.objects.filter(state__in=SHOWN, on_home=True, audience=Audience.CITIZEN)
    return list(found.only("slug", "name", "category", "state", "url", "package")[:limit])


def overlapping(app: App, user: Any) -> list[App]:
    """Return the apps that do the same, those that the visitor may find (1 query)."""
    if not app.overlaps:
        return []
    return list(visible(user).filter(slug__in=app.overlaps).exclude(pk=app.pk))
