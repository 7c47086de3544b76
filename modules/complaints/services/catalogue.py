"""Admins change the kinds of problems."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from balai import audit
from modules.complaints.models import Category

TRACED = ("label_id", "days", "active", "secret_default")


@transaction.atomic
def save_category(*, category: Category, before: dict[str, Any] | None = None) -> Category:
    """Store a new or changed kind of problem and write it to the audit log.

    Args:
        category: as the form left it.
        before: the traced values it had; None for a new one.
    """
    if not category.slug:
        category.slug = _free_slug(category.label_id)
    category.save()
    after = {name: getattr(category, name) for name in TRACED}
    action = "complaints.category_added" if before is None else "complaints.category_changed"
    audit.record(action=action, target=category.slug, before=before, after=after)
    return category


def traced(category: Category) -> dict[str, Any]:
    """Return the values whose changes the audit log keeps."""
    return {name: getattr(category, name) for name in TRACED}


def _free_slug(label: str) -> str:
    base = slugify(label)[:50] or "jenis"
    taken = set(Category.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, 999))) if slug not in taken
    )
