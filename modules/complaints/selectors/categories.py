"""Kinds of problems: what the form offers."""

from dataclasses import dataclass

from modules.complaints.models import Category

TILES = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the first level with what may be chosen in it."""

    category: Category
    choices: tuple[Category, ...]


def groups(*, active_only: bool = True) -> list[Group]:
    """Return the two-level list in its order; one query. Empty groups are left out."""
    rows = Category.objects.select_related("agency")
    every = [row for row in rows if row.active or not active_only]
    found = []
    for top in (row for row in every if row.parent_id is None):
        chosen = tuple(row for row in every if row.parent_id == top.pk)
        if chosen or not active_only:
            found.append(Group(top, chosen))
    return found


def offered(slug: str) -> Category | None:
    """Return the kind with this slug that citizens may choose, or None."""
    if not slug.isprintable():  # PostgreSQL knows no NUL, UTF-8 no half of a pair
        return None
    rows = Category.objects.filter(slug=slug, active=True, parent__isnull=False)
    return rows.select_related("parent", "agency").first()


def tiles(offered: list[Group]) -> list[Category]:
    """Return the few that stand as tiles on the form: those an admin marked, else one a group."""
    every = [category for group in offered for category in group.choices]
    marked = [category for category in every if category.featured]
    return (marked or [group.choices[0] for group in offered])[:TILES]
