"""Forms that a call taker has begun and not sent."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from balai import secrets
from modules.emergency.models import Category, Draft

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE: Final = "emergency.draft"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form with its fields; ``category`` is the one chosen in it."""

    key: uuid.UUID
    begun_at: datetime
    saved_at: datetime
    values: dict[str, str]
    category: Category | None = None

    @property
    def place(self) -> str:
        """What was typed of the place, to know the form again."""
        return self.values.get("address") or self.values.get("landmark") or ""


def of(taker: "User") -> list[Unfinished]:
    """Return a taker's own forms, the newest first (2 queries)."""
    rows = [_opened(row) for row in Draft.objects.filter(taker=taker).order_by("-begun_at")]
    kinds = {row.slug: row for row in Category.objects.defer("script")} if rows else {}
    return [
        Unfinished(row.key, row.begun_at, row.saved_at, row.values,
                   kinds.get(row.values.get("category", "")))
        for row in rows
    ]  # fmt: skip


def one(key: uuid.UUID, taker: "User") -> Unfinished | None:
    """Return one of a taker's own forms, or None."""
    row = Draft.objects.filter(key=key, taker=taker).first()
    return _opened(row) if row else None


def held_by_another(key: uuid.UUID, taker: "User") -> bool:
    """Tell whether a key names somebody else's form, or a panic button's."""
    return Draft.objects.filter(key=key).exclude(taker=taker).exists()


def count_of_others(taker: "User") -> int:
    """Return how many forms lie unfinished with other takers: all that a supervisor sees."""
    return Draft.objects.exclude(taker=None).exclude(taker=taker).count()


def _opened(row: Draft) -> Unfinished:
    try:
        values = json.loads(secrets.unseal(row.sealed, purpose=PURPOSE))
    except secrets.NotReadable:
        # The server's secret was changed: the time of the call is all that is left.
        values = {}
    return Unfinished(row.key, row.begun_at, row.saved_at, values)
