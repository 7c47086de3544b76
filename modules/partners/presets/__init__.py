"""What a new region begins with: institutions it may one day agree with. Nothing is shared yet."""

from importlib.resources import files

from django.db import transaction

from balai import presets as sealed
from modules.partners.models import Partner

FIELDS = ("slug", "short_name", "name", "kind", "tasks")


@transaction.atomic
def load(preset_name: str) -> int:
    """Add the institutions the region does not have; return how many it has then.

    What exists is left alone: an admin may have changed it. ``preset_name`` makes no difference.
    """
    document = sealed.read(files(__package__).joinpath("data", "institutions.json"))
    known = set(Partner.objects.values_list("slug", flat=True))
    Partner.objects.bulk_create(
        Partner(**{name: row[name] for name in FIELDS})
        for row in document["institutions"]
        if row["slug"] not in known
    )
    return Partner.objects.count()
