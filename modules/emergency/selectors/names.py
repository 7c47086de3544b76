"""The names that figures are shown under, also of what is no longer offered."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from balai.directory.models import Agency
from modules.emergency.models import Category, Outcome


def categories() -> Sequence[tuple[int, str]]:
    """Return (key, label) of every category in its order (1 query)."""
    return [(row.pk, row.label) for row in Category.objects.defer("script")]


def agencies() -> Sequence[tuple[int | None, str]]:
    """Return (key, name) of every agency by name, and of incidents without one (1 query)."""
    rows = Agency.objects.order_by("name").values_list("pk", "name")
    return [*rows, (None, _("No agency in charge"))]


def outcomes() -> Sequence[tuple[int, str]]:
    """Return (key, label) of every outcome in its order (1 query)."""
    return [(row.pk, row.label) for row in Outcome.objects.all()]
