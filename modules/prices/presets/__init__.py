"""What a new region begins with: the goods of PIHPS, the ceilings in force, its known markets.

The goods are the same everywhere, so one file serves every preset; markets are known for some
regions, by their Kemendagri code, and the others add theirs in the console.
"""

from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.db import transaction

from balai import presets as sealed
from balai.context import current_region
from modules.prices.models import Ceiling, Group, Market, Variety

GROUP = ("slug", "label_id", "label_en", "icon")
VARIETY = ("slug", "label_id", "label_en", "unit", "other_unit", "codes", "active")


@transaction.atomic
def load(preset_name: str) -> int:
    """Add what the region does not have; return how many varieties it has then.

    What exists is left alone: an admin may have changed it. ``preset_name`` makes no difference.
    """
    fresh = _add_varieties(_document("commodities"))
    _add_ceilings(_document("ceilings"), fresh)
    _add_markets(_document("markets"))
    return Variety.objects.count()


def _document(name: str) -> dict[str, Any]:
    return sealed.read(files(__package__).joinpath("data", f"{name}.json"))


def _add_varieties(document: dict[str, Any]) -> dict[str, Variety]:
    """Return the varieties that were added, by slug."""
    groups = {row.slug: row for row in Group.objects.all()}
    missing = [
        Group(position=at, **{name: row[name] for name in GROUP})
        for at, row in enumerate(document["groups"])
        if row["slug"] not in groups
    ]
    groups |= {row.slug: row for row in Group.objects.bulk_create(missing)}
    known = set(Variety.objects.values_list("slug", flat=True))
    rows = [
        Variety(
            group=groups[row["group"]],
            position=at,
            per_other=Decimal(row["per_other"]) if row["per_other"] else None,
            basket=Decimal(row["basket"]),
            **{name: row[name] for name in VARIETY},
        )
        for at, row in enumerate(document["varieties"])
        if row["slug"] not in known
    ]
    return {row.slug: row for row in Variety.objects.bulk_create(rows)}


def _add_ceilings(document: dict[str, Any], fresh: dict[str, Variety]) -> None:
    """Give ceilings to new varieties only: those of others are the admin's business."""
    Ceiling.objects.bulk_create(
        Ceiling(
            variety=fresh[row["variety"]],
            zone=document["zone"],
            starts=date.fromisoformat(document["starts"]),
            **{name: row[name] for name in ("kind", "unit", "low", "high", "decree")},
        )
        for row in document["ceilings"]
        if row["variety"] in fresh
    )


def _add_markets(document: dict[str, Any]) -> None:
    known = set(Market.objects.values_list("slug", flat=True))
    rows = document["regions"].get(current_region().code, [])
    Market.objects.bulk_create(
        Market(position=at, **row) for at, row in enumerate(rows) if row["slug"] not in known
    )
