"""Kinds of problems a new region begins with, from the data files beside this one."""

import json
from importlib.resources import files
from typing import Any

from django.db import transaction

from balai.directory.models import Agency
from modules.complaints.models import Category
from modules.complaints.presets import replies

CONTENT = ("label_id", "label_en", "icon", "klass", "days", "featured")


@transaction.atomic
def load(preset_name: str) -> int:
    """Add the preset's categories that the region does not have; return how many it has then.

    What exists is left alone: an admin may have changed it. Agencies are found by their code;
    a category whose agency is missing goes to the coordinator.

    Raises:
        FileNotFoundError: for a preset that does not exist.
    """
    text = files(__package__).joinpath(f"{preset_name}.json").read_text(encoding="utf-8")
    known = {row.slug: row for row in Category.objects.all()}
    agencies = dict(Agency.objects.values_list("code", "id"))
    tops = json.loads(text)["categories"]
    fresh = [_category(row, at) for at, row in enumerate(tops) if row["slug"] not in known]
    known |= {row.slug: row for row in Category.objects.bulk_create(fresh)}
    children = []
    for top in tops:
        for at, row in enumerate(top["children"]):
            if row["slug"] not in known:
                child = _category(row, at)
                child.parent = known[top["slug"]]
                child.agency_id = agencies.get(row["agency"])
                child.secret_default = row.get("secret", False)
                children.append(child)
    Category.objects.bulk_create(children)
    replies.load()
    return Category.objects.filter(parent__isnull=False).count()


def _category(row: dict[str, Any], position: int) -> Category:
    content = {name: row[name] for name in CONTENT if name in row}
    return Category(slug=row["slug"], position=position, **content)
