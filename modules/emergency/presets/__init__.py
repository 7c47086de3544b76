"""What a new region's centre begins with: categories with scripts, outcomes, units."""

from importlib.resources import files
from typing import Any

from django.db import transaction

from balai import presets as sealed
from balai.directory.models import Agency
from modules.emergency.models import Category, Feed, Outcome, Unit
from modules.emergency.services.feeds import BMKG

CATEGORY = (
    "slug", "label_id", "label_en", "icon", "urgency", "target_minutes", "units", "sealed",
    "script",
)  # fmt: skip


@transaction.atomic
def load(preset_name: str) -> int:
    """Add what the region does not have; return how many categories it has then.

    What exists is left alone: an admin may have changed it. Agencies are found by their code.

    Raises:
        FileNotFoundError: for a preset that does not exist.
    """
    document = sealed.read(files(__package__).joinpath(f"{preset_name}.json"))
    agencies = dict(Agency.objects.values_list("code", "id"))
    _add_categories(document["categories"], agencies)
    _add_outcomes(document["outcomes"])
    _add_units(document["units"], agencies)
    _add_feed()
    return Category.objects.count()


def _add_feed() -> None:
    """Name BMKG's feed, not in use: reading it calls out, which an admin allows with a click."""
    if not Feed.objects.exists():
        Feed.objects.create(**BMKG, active=False)


def _add_categories(rows: list[dict[str, Any]], agencies: dict[str, int]) -> None:
    known = set(Category.objects.values_list("slug", flat=True))
    Category.objects.bulk_create(
        Category(
            position=at, agency_id=agencies.get(row["agency"]),
            **{name: row[name] for name in CATEGORY},
        )
        for at, row in enumerate(rows)
        if row["slug"] not in known
    )  # fmt: skip


def _add_outcomes(rows: list[dict[str, Any]]) -> None:
    known = set(Outcome.objects.values_list("code", flat=True))
    Outcome.objects.bulk_create(
        Outcome(position=at, **row) for at, row in enumerate(rows) if row["code"] not in known
    )


def _add_units(rows: list[dict[str, Any]], agencies: dict[str, int]) -> None:
    known = set(Unit.objects.values_list("callsign", flat=True))
    Unit.objects.bulk_create(
        Unit(callsign=row["callsign"], kind=row["kind"], agency_id=agencies[row["agency"]])
        for row in rows
        if row["callsign"] not in known and row["agency"] in agencies
    )
